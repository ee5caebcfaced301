#!/usr/bin/env python3
"""Uploads one file as a controller does: questions over MQTT 3.1.1, bytes by HTTP PUT.

    WAYBILL_TENANT=… WAYBILL_DEVICE=… WAYBILL_CREDENTIAL=… WAYBILL_PROJECT=… upload.py FILE

Needs Paho (python3-paho-mqtt), 1.6 or 2. Started again after a power cut it goes on where it was: what it has
to remember stands in FILE.waybill.
"""
import http.client
import json
import os
import queue
import random
import ssl
import sys
import time
import uuid
from urllib.parse import urlsplit

import paho.mqtt.client as mqtt

TENANT, DEVICE, PROJECT = (os.environ["WAYBILL_" + name] for name in ("TENANT", "DEVICE", "PROJECT"))
HOST, PORT = os.environ.get("WAYBILL_MQTT_HOST", "127.0.0.1"), int(os.environ.get("WAYBILL_MQTT_PORT", "11883"))
OWN = f"device/{TENANT}/{DEVICE}/upload/"
PART_BYTES = int(os.environ.get("WAYBILL_PART_BYTES", 8 << 20))
AT_ONCE = 10  # parts for which one question gets the URLs

answers = queue.Queue()


class Refused(Exception):
    """An answer that no repetition makes better."""


def connect():
    name = {"client_id": DEVICE, "clean_session": False}  # always the same: the broker keeps our answers
    if hasattr(mqtt, "CallbackAPIVersion"):
        client = mqtt.Client(mqtt.CallbackAPIVersion.VERSION2, **name)
    else:
        client = mqtt.Client(**name)
    client.username_pw_set(DEVICE, os.environ["WAYBILL_CREDENTIAL"])
    if os.environ.get("WAYBILL_MQTT_CA"):
        client.tls_set(ca_certs=os.environ["WAYBILL_MQTT_CA"])
    client.on_connect = connected
    client.on_message = lambda _client, _data, message: answers.put(json.loads(message.payload))
    client.reconnect_delay_set(1, 60)
    client.connect_async(HOST, PORT, keepalive=30)
    client.loop_start()
    return client


def connected(client, _data, _flags, reason, *_):
    if reason == 0:
        client.subscribe(OWN + "response", qos=1)
    else:
        answers.put({"ok": False, "error": {"code": "mqtt", "message": f"the broker says: {reason}"}})


def ask(client, command, payload, key=None):
    """The result; asks until there is an answer, because a broker may drop a message and say nothing."""
    request = {"request_id": str(uuid.uuid4()), "command": command, "payload": payload}
    if key:
        request["idempotency_key"] = key
    wait = 5
    while True:
        client.publish(OWN + "request", json.dumps(request), qos=1)
        answer = answer_to(request["request_id"], wait)
        if answer and answer["ok"]:
            return answer["result"]
        if answer and not answer["error"].get("retryable"):
            raise Refused("{code}: {message}".format(**answer["error"]))
        if answer:
            time.sleep(answer["error"].get("retry_after_seconds") or wait)
        wait = min(60, wait * 2) * random.uniform(0.8, 1.2)


def answer_to(request_id, seconds):
    until = time.monotonic() + seconds
    while (left := until - time.monotonic()) > 0:
        try:
            answer = answers.get(timeout=left)
        except queue.Empty:
            return None
        if answer.get("request_id", request_id) == request_id:
            return answer
    return None


def put(url, data, headers):
    """The ETag; None means that nobody knows what became of the part: ask for a fresh URL and send it again."""
    parts = urlsplit(url)
    secure = parts.scheme == "https"
    connection = (
        http.client.HTTPSConnection(parts.netloc, timeout=60, context=ssl.create_default_context())
        if secure
        else http.client.HTTPConnection(parts.netloc, timeout=60)
    )
    try:
        connection.request("PUT", f"{parts.path}?{parts.query}", data, headers)  # bytes: with a Content-Length
        answer = connection.getresponse()
        answer.read()
        return answer.getheader("ETag", "").strip('"') or None if answer.status == 200 else None
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()


def remembered(path):
    """What a power cut must not take: the key of the upload, before the upload is asked for."""
    note = path + ".waybill"
    try:
        with open(note) as file:
            return json.load(file)
    except FileNotFoundError:
        memory = {"key": str(uuid.uuid4()), "size": os.path.getsize(path)}
        with open(note + ".new", "w") as file:
            json.dump(memory, file)
            file.flush()
            os.fsync(file.fileno())
        os.replace(note + ".new", note)
        return memory


def missing(client, session):
    """The numbers of the parts that are not stored yet."""
    stored = ask(client, "list_parts", {"session_id": session, "source": "reconcile", "encoding": "ranges"})
    have = set()
    for part_range in filter(None, stored["uploaded"].split(",")):
        first, _, last = part_range.partition("-")
        have.update(range(int(first), int(last or first) + 1))
    return [number for number in range(1, stored["part_count"] + 1) if number not in have]


def upload(path):
    memory = remembered(path)
    client = connect()
    wanted = {"object_name": os.path.basename(path), "file_size_bytes": memory["size"], "part_size_bytes": PART_BYTES}
    task = ask(client, "create_session", {"project_id": PROJECT, "objects": [wanted]}, key=memory["key"])
    session = task["objects"][0]["session_id"]
    left = missing(client, session)
    with open(path, "rb") as file:
        while left:
            urls = ask(client, "presign_parts", {"session_id": session, "part_numbers": left[:AT_ONCE]})
            stored = []
            for part in urls["parts"]:
                file.seek(part["offset_start"])
                data = file.read(part["expected_size_bytes"])
                etag = put(part["url"], data, part["required_headers"])
                if etag:
                    stored.append({"part_number": part["part_number"], "etag": etag, "size_bytes": len(data)})
            if stored:
                ask(client, "acknowledge_part", {"session_id": session, "parts": stored})
                left = [number for number in left if number not in {part["part_number"] for part in stored}]
            else:
                time.sleep(5)
    result = ask(client, "complete_upload", {"session_id": session})
    os.remove(path + ".waybill")
    client.disconnect()
    return result


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    try:
        print(json.dumps(upload(sys.argv[1])))
    except Refused as refusal:
        sys.exit(f"refused: {refusal}")
