"""Every address of the clinic, one line an app."""

from django.urls import include, path

handler400 = "kap_clinic.website.errors.bad_request"
handler403 = "kap_clinic.website.errors.forbidden"
handler404 = "kap_clinic.website.errors.not_found"
handler500 = "kap_clinic.website.errors.broken"

urlpatterns = [
    path("", include("kap_clinic.website.urls")),
    path("account/", include("kap_clinic.accounts.urls")),
    path("account/", include("allauth.urls")),
    path("organization/", include("kap_clinic.organizations.urls")),
    path("staff/", include("kap_clinic.accounts.staff_urls")),
    path("cases/", include("kap_clinic.cases.urls")),
    path("on-call/", include("kap_clinic.on_call.urls")),
    path("screening/", include("kap_clinic.screening.urls")),
    path("history/", include("kap_clinic.screening.client_urls")),
    path("measures/", include("kap_clinic.measures.urls")),
    path("forms/", include("kap_clinic.measures.client_urls")),
    path("dosing-day/", include("kap_clinic.dosing_day.urls")),
    path("orders/", include("kap_clinic.orders.urls")),
    path("pharmacy/", include("kap_clinic.pharmacy.urls")),
    path("people/", include("kap_clinic.people.urls")),
    path("refer/", include("kap_clinic.people.public_urls")),
    path("protocols/", include("kap_clinic.protocols.urls")),
    path("plans/", include("kap_clinic.plans.urls")),
    path("integration/", include("kap_clinic.integration.urls")),
    path("outcomes/", include("kap_clinic.outcomes.urls")),
    path("audit/", include("kap_clinic.audit.urls")),
    path("demo/", include("kap_clinic.demonstration.urls")),
    path("api/v1/", include("kap_clinic.website.api_urls")),
]
