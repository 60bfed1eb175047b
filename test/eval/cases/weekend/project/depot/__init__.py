from .delivery import delivery_day
from .depots import Depot, load_depots
from .report import table

__all__ = ["Depot", "delivery_day", "load_depots", "table"]
