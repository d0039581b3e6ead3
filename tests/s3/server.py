"""An object store for tests: moto, which checks keys and signatures, and beside it a view of what is in its buckets.

Prints one line of JSON with its ports and keys, and ends when its input ends. The view answers `POST /BUCKET` (makes
it), `GET /BUCKET` (all objects, with their bytes in base64) and `PUT /BUCKET/KEY`.
"""

import base64
import json
import logging
import os
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote

os.environ["MOTO_S3_DEFAULT_MAX_KEYS"] = "40"
os.environ.setdefault("AWS_ACCESS_KEY_ID", "none")
os.environ.setdefault("AWS_SECRET_ACCESS_KEY", "none")
logging.getLogger("werkzeug").setLevel(logging.ERROR)

from moto import settings  # noqa: E402
from moto.iam.models import iam_backends  # noqa: E402
from moto.s3.models import s3_backends  # noqa: E402
from moto.server import ThreadedMotoServer  # noqa: E402

ACCOUNT = "123456789012"
REGION = "eu-central-1"


def backend():
    return s3_backends[ACCOUNT]["aws"]


def user():
    """A user who may do everything with buckets; from now on, nobody else may."""
    iam = iam_backends[ACCOUNT]["aws"]
    iam.create_user(REGION, "publisher")
    rule = {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}
    policy = json.dumps({"Version": "2012-10-17", "Statement": [rule]})
    iam.put_user_policy("publisher", "all", policy)
    key = iam.create_access_key("publisher")
    settings.INITIAL_NO_AUTH_ACTION_COUNT = 0
    return key.access_key_id, key.secret_access_key


class View(BaseHTTPRequestHandler):
    def split(self):
        bucket, _, key = self.path.strip("/").partition("/")
        return bucket, unquote(key)

    def answer(self, value):
        body = json.dumps(value).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self):
        backend().create_bucket(self.split()[0], REGION)
        self.answer(None)

    def do_PUT(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        backend().put_object(*self.split(), body)
        self.answer(None)

    def do_GET(self):
        objects = {}
        for name, key in list(backend().buckets[self.split()[0]].keys.items()):
            metadata = {field.lower(): value for field, value in key.metadata.items()}
            objects[name] = {
                "type": metadata.get("content-type", ""),
                "kept": metadata.get("cache-control", ""),
                "bytes": base64.b64encode(key.value).decode(),
            }
        self.answer(objects)

    def log_message(self, *_):
        pass


def main():
    store = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    store.start()
    view = ThreadingHTTPServer(("127.0.0.1", 0), View)
    threading.Thread(target=view.serve_forever, daemon=True).start()
    key, secret = user()
    ports = {"store": store.get_host_and_port()[1], "view": view.server_address[1]}
    print(json.dumps(ports | {"key": key, "secret": secret}), flush=True)
    sys.stdin.read()
    os._exit(0)


main()
