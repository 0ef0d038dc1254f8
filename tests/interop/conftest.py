"""Readers are scripts for other environments: pytest cannot import them."""

collect_ignore_glob = ["readers/*"]
