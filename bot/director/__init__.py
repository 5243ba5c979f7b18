"""The offline director: rules that read requests in English and Chinese, used where no LLM is set up."""
