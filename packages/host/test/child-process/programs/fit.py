"""A program that knows nothing of Runlight: it joins the trace and the run that its environment tells of."""

import os

from opentelemetry import baggage, propagate, trace
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor

provider = TracerProvider(resource=Resource.create({"service.name": "fit.py"}))
provider.add_span_processor(SimpleSpanProcessor(OTLPSpanExporter()))
trace.set_tracer_provider(provider)

fields = {name: os.environ[name.upper()] for name in propagate.get_global_textmap().fields if name.upper() in os.environ}
given = propagate.extract(fields)
with trace.get_tracer("fit").start_as_current_span("minimize", context=given) as span:
    for name, value in baggage.get_all(given).items():
        span.set_attribute(name, str(value))
    print("fitted")
provider.shutdown()
