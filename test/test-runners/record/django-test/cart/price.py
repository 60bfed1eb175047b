def total(lines):
    return sum(price * count for price, count in lines)
