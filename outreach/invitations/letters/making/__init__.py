"""Letters made from the page: work for the worker, files to fetch, pictures to look over."""
