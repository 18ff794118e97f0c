"""ocr: pages whose text layer is absent or false → the same pages with recognised text."""
