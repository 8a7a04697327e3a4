"""The library's sign-in pages write global tables; they run inside ``outside(sign-in)``."""

from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve

from kap_clinic.database.door import Reason, outside

PREFIX = "/account/"
LIBRARY = "allauth."


class OutsideForSignIn:
    """Opens the door for the library's own pages; ours open the door they need themselves."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Hold the next layer."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request, with the door open where the library writes."""
        if not (request.path.startswith(PREFIX) and _is_of_the_library(request.path_info)):
            return self.get_response(request)
        with outside(Reason.SIGN_IN):
            response = self.get_response(request)
            if response.status_code >= 500:
                # Django has already turned the exception into a page: nothing half done may stay.
                transaction.set_rollback(True)
            return response


def _is_of_the_library(path: str) -> bool:
    try:
        view = resolve(path).func
    except Resolver404:
        return False
    kinds = getattr(view, "view_class", type(None)).__mro__
    return any(kind.__module__.startswith(LIBRARY) for kind in kinds)
