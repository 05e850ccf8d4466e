"""Search over the public index: a question, what is found kind by kind, and the page of both."""
