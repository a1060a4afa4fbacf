"""What people look at: pages, reports, an entity in the terminal."""
