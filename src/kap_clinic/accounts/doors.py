"""The library's sign-in pages write global tables; they run inside ``outside(sign-in)``."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from kap_clinic.database.door import Reason, outside

PREFIX = "/account/"


class OutsideForSignIn:
    """Opens the door for addresses under ``/account/`` that change something."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Hold the next layer."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request, with the door open where the library writes."""
        if not request.path.startswith(PREFIX):
            return self.get_response(request)
        with outside(Reason.SIGN_IN):
            return self.get_response(request)
