"""Pages for the browser: the report of a warehouse and the explanation of a text. One HTML file each, no network.

Every text that comes from outside goes through `tasks.report.markup` on its way into a page.
"""
