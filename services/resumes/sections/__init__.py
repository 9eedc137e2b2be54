"""What a part of the page is about: headings, and what stands in for them where there are none."""
