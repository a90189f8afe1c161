"""Forms (表单): what a person fills in, as declarations that point at record fields. Pure."""
