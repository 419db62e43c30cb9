from itertools import chain
from typing import Any

from django.core.management.base import BaseCommand
from tqdm import tqdm

from home.domain.demo.articles import load_articles
from home.domain.demo.people import load_companies, load_organisations, load_people, load_users
from home.domain.demo.requests import load_requests
from home.domain.demo.rounds import load_rounds


class Command(BaseCommand):
    help = "Fills the portal with the demo of home/demo; a second run adds only what is missing."

    def handle(self, *args: Any, **options: Any) -> None:
        steps = chain(
            load_organisations(),
            load_companies(),
            load_people(),
            load_articles(),
            load_users(),
            load_requests(),
            load_rounds(),
        )
        made = sum(1 for _name in tqdm(steps, desc="demo", unit="", disable=None))
        self.stdout.write(f"{made} added" if made else "nothing was missing")
