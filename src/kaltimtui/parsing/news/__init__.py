"""The grammar of the news in the words of lines and blocks alone, whatever page they stood on."""
