"""The object store of a stage request: an S3 bucket, or a folder. Standard library only."""

import datetime
import hashlib
import hmac
import os
import pathlib
import urllib.error
import urllib.parse
import urllib.request


def sha256(content):
    return hashlib.sha256(content).hexdigest()


class Store:
    """Objects by key. Artifacts are what the contract calls them: key, bytes, sha256."""

    def fetch(self, ref):
        """The content of an artifact, verified."""
        content = self.get(ref["key"])
        if content is None or sha256(content) != ref["sha256"]:
            raise ValueError(f"The object '{ref['key']}' is missing or not what was committed (SHA-256 differs)")
        return content

    def publish(self, key, content):
        """Writes an artifact and says how to refer to it."""
        self.put(key, content)
        return {"key": key, "bytes": len(content), "sha256": sha256(content)}


class FolderStore(Store):
    """A folder, for trying things without a cluster."""

    def __init__(self, root):
        self.root = pathlib.Path(root)

    def get(self, key):
        path = self.root / key
        return path.read_bytes() if path.is_file() else None

    def put(self, key, content):
        path = self.root / key
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_name(f".{path.name}.partial")
        partial.write_bytes(content)
        partial.replace(path)

    def put_if_absent(self, key, content):
        path = self.root / key
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_name(f".{path.name}.{os.getpid()}")
        partial.write_bytes(content)
        try:
            os.link(partial, path)  # Atomic, and fails when there is one: exactly one writer wins.
            return True
        except FileExistsError:
            return False
        finally:
            partial.unlink()


class S3Store(Store):
    """A bucket, by path-style requests signed with AWS Signature Version 4."""

    def __init__(self, endpoint, bucket, region, access_key, secret_key):
        self.endpoint = endpoint.rstrip("/")
        self.host = urllib.parse.urlsplit(self.endpoint).netloc
        self.bucket = bucket
        self.region = region or "us-east-1"
        self.access_key = access_key
        self.secret_key = secret_key

    def get(self, key):
        try:
            return self._send("GET", key, b"", {})
        except urllib.error.HTTPError as e:
            if e.code == 404:
                return None
            raise

    def put(self, key, content):
        self._send("PUT", key, content, {})

    def put_if_absent(self, key, content):
        try:
            self._send("PUT", key, content, {"if-none-match": "*"})
            return True
        except urllib.error.HTTPError as e:
            if e.code in (409, 412):  # Another attempt is writing it, or has.
                return False
            raise

    def _send(self, method, key, content, headers):
        path = "/" + urllib.parse.quote(f"{self.bucket}/{key}", safe="/-_.~")
        time = datetime.datetime.now(datetime.timezone.utc).strftime("%Y%m%dT%H%M%SZ")
        headers = {**headers, "host": self.host, "x-amz-content-sha256": sha256(content), "x-amz-date": time}
        headers["authorization"] = self._authorization(method, path, headers, time)
        data = content if method == "PUT" else None
        if data is not None:
            headers["content-type"] = "application/octet-stream"  # Unsigned; urllib would name a form.
        request = urllib.request.Request(self.endpoint + path, data=data, method=method, headers=headers)
        with urllib.request.urlopen(request, timeout=60) as response:
            return response.read()

    def _authorization(self, method, path, headers, time):
        names = ";".join(sorted(headers))
        lines = "".join(f"{name}:{headers[name]}\n" for name in sorted(headers))
        canonical = "\n".join([method, path, "", lines, names, headers["x-amz-content-sha256"]])
        scope = f"{time[:8]}/{self.region}/s3/aws4_request"
        to_sign = "\n".join(["AWS4-HMAC-SHA256", time, scope, sha256(canonical.encode())])
        key = f"AWS4{self.secret_key}".encode()
        for part in (*scope.split("/"), to_sign):
            key = hmac.new(key, part.encode(), hashlib.sha256).digest()
        return f"AWS4-HMAC-SHA256 Credential={self.access_key}/{scope}, SignedHeaders={names}, Signature={key.hex()}"


def open_store(location, credentials_dir):
    """The store that a request names."""
    endpoint = location["endpoint"]
    if endpoint.startswith("dir:"):
        return FolderStore(endpoint.removeprefix("dir:"))
    folder = pathlib.Path(credentials_dir)
    return S3Store(
        endpoint,
        location["bucket"],
        location["region"],
        (folder / "accessKey").read_text().strip(),
        (folder / "secretKey").read_text().strip(),
    )
