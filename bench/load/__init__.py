"""The whole bot under load: in its roles, at half of its highest rate, and beside very many complaints."""
