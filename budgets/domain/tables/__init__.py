"""Tables: which facts they ask for (slices), what one is (form), and how it is built (build)."""
