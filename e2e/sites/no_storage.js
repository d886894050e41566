for (const kind of ["localStorage", "sessionStorage", "indexedDB"])
  Object.defineProperty(window, kind, { get() { throw new DOMException("no", "SecurityError") } });
