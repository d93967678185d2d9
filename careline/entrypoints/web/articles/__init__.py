"""Articles: written, reviewed, published; read by the house; what readers said of them; the shelves they stand on."""
