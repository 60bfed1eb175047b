/**
 * The source of the reporter that Python runs in place of `-m unittest`: it writes a line of JSON for each test. What unittest prints has neither files nor, before Python 3.11, whole names. Its arguments are the report's file and
 * a folder for the import path, or nothing, and behind them unittest's own. It must hold no apostrophe, so that the shell word stays readable in
 * `ps`. Python 3.7 and later.
 */
const reporter = `import json, os, sys, time, traceback, unittest

report = open(sys.argv[1], "w", encoding="utf-8")
if sys.argv[2]:
    sys.path.insert(0, os.path.abspath(sys.argv[2]))
del sys.argv[1:3]
here = os.getcwd() + os.sep

def tell(**event):
    report.write(json.dumps(event) + chr(10))
    report.flush()

def file_of(module):
    for base in sys.path:
        start = os.path.join(os.path.abspath(base), *module.split("."))
        for path in (start + ".py", os.path.join(start, "__init__.py")):
            if os.path.isfile(path):
                return path
    return ""

def failure_of(error, method):
    kind, value, trace = error
    frames = [(frame, line) for frame, line in traceback.walk_tb(trace) if "__unittest" not in frame.f_globals]
    own = [(frame.f_code.co_filename, line) for frame, line in frames if os.path.abspath(frame.f_code.co_filename).startswith(here)]
    last = "".join(traceback.format_exception_only(kind, value))
    return {
        "kind": kind.__name__,
        "message": str(value),
        "last": last,
        "text": "".join(traceback.StackSummary.extract(iter(frames)).format()) + last,
        "isInMethod": any(frame.f_code.co_name == method for frame, line in frames),
        "isAssertion": issubclass(kind, AssertionError),
        "file": os.path.abspath(own[-1][0]) if own else "",
        "line": own[-1][1] if own else 0,
    }

class Result(unittest.TextTestResult):
    def startTest(self, test):
        self.told = {"status": "passed"}
        self.began = time.perf_counter()
        super().startTest(test)

    def stopTest(self, test):
        super().stopTest(test)
        ms = (time.perf_counter() - self.began) * 1000
        method = getattr(test, "_testMethodName", "")
        kind = type(test)
        if kind.__name__ == "_FailedTest":
            tell(broken=method, file=file_of(method), **self.told)
            return
        module = sys.modules.get(kind.__module__)
        file = os.path.abspath(getattr(module, "__file__", None) or "") if module else ""
        suites = kind.__qualname__.split(".") if method else []
        tell(file=file, suites=suites, name=method or test.id(), ms=ms, **self.told)

    def note(self, test, status, error=None, part=""):
        if self.told["status"] == "failed":
            return
        self.told = {"status": status}
        if error:
            self.told.update(failure=failure_of(error, getattr(test, "_testMethodName", "")), part=part)

    def addError(self, test, error):
        super().addError(test, error)
        if isinstance(test, unittest.TestCase):
            self.note(test, "failed", error)
        else:
            place = test.id().split("(")[-1].rstrip(")")
            tell(hook=test.id(), file=file_of(place) or file_of(place.rsplit(".", 1)[0]), failure=failure_of(error, ""))

    def addFailure(self, test, error):
        super().addFailure(test, error)
        self.note(test, "failed", error)

    def addSubTest(self, test, subtest, error):
        super().addSubTest(test, subtest, error)
        if error:
            self.note(test, "failed", error, subtest._subDescription())

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        if isinstance(test, unittest.TestCase):
            self.note(test, "skipped")

    def addExpectedFailure(self, test, error):
        super().addExpectedFailure(test, error)
        self.note(test, "skipped")

    def addUnexpectedSuccess(self, test):
        super().addUnexpectedSuccess(test)
        self.note(test, "failed")

class Runner(unittest.TextTestRunner):
    resultclass = Result

    def run(self, test):
        result = super().run(test)
        tell(end=True)
        report.close()
        return result
`;

/** Loads and runs the tests by unittest's own program. */
export const unittestReporter = `${reporter}
unittest.main(module=None, testRunner=Runner)
`;

/**
 * The same for `manage.py test` of Django, whose runner is given the reporter before the project is loaded: DiscoverRunner takes the class from
 * this attribute (docs.djangoproject.com/en/stable/topics/testing/advanced). Its arguments are `manage.py test` and what stands behind.
 */
export const djangoReporter = `${reporter}
import runpy
from django.test.runner import DiscoverRunner
DiscoverRunner.test_runner = Runner
sys.path.insert(0, os.getcwd())
sys.argv = sys.argv[1:]
runpy.run_path(sys.argv[0], run_name="__main__")
`;
