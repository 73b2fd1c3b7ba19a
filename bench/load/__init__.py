"""The whole bot under load: by role, at half its highest rate, and beside very many complaints."""
