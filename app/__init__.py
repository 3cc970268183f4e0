"""The application: settings, wiring, command line, nightly run, HTTP API and explorer."""
