"""Who somebody is and how to reach them: name, headline, e-mail, phone, location and links."""
