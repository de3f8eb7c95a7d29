"""The formats reports come in, a module each: `read` takes a file's bytes and gives an `Extract`."""
