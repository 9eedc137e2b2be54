"""How well profiles agree with labelled résumés."""
