"""Lists the recipes: `python -m training`."""

from training.catalogue import listing

if __name__ == "__main__":
    print(listing())
