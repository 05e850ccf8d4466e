"""Who may do what with a budget on its way to the public: its states and moves."""
