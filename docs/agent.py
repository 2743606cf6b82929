#!/usr/bin/env python3
"""The smallest agent: level 0 of docs/agent-protocol.md and nothing else. It answers with the words it was sent.

python3 agent.py http://127.0.0.1:8080 laptop-1        with the secret in AGENT_SECRET
"""
import json, os, random, sys, threading, time, urllib.error, urllib.request

url, agent_id = sys.argv[1].rstrip("/"), sys.argv[2]
HEADERS = {"Authorization": "Bearer " + os.environ["AGENT_SECRET"], "X-Agent-Id": agent_id}


def post(message, seconds):
    """Whether to go on with the run: it is over when nobody waits for it, or nothing gets through."""
    give_up = time.monotonic() + seconds
    while time.monotonic() < give_up:
        headers = {**HEADERS, "Content-Type": "application/json"}
        try:
            request = urllib.request.Request(url + "/api/agent/response", json.dumps(message).encode(), headers)
            return urllib.request.urlopen(request, timeout=seconds).status == 200
        except urllib.error.HTTPError as refusal:
            if refusal.code not in (429, 502, 503, 504):
                return False
        except OSError:
            pass
        time.sleep(1)
    return False


def answer(run):
    words = run["messages"][-1]["content"].split(" ")
    message = {"requestId": run["requestId"]}
    for i, word in enumerate(words):
        if not post({**message, "type": "chunk", "content": (" " if i else "") + word}, run["timeoutMs"] / 1000):
            return
    post({**message, "type": "complete", "finishReason": "stop"}, run["timeoutMs"] / 1000)


def listen():
    stream = urllib.request.urlopen(urllib.request.Request(url + "/api/agent/connect", headers=HEADERS), timeout=75)
    event = ""
    for line in stream:
        field, _, value = line.decode().rstrip("\n").partition(":")
        value = value.removeprefix(" ")
        if field == "event":
            event = value
        elif field == "data" and event == "request":
            threading.Thread(target=answer, args=[json.loads(value)], daemon=True).start()
        elif field == "data" and event != "ping":
            print(event, flush=True)


pause = 0.5
while True:
    since = time.monotonic()
    try:
        listen()
    except OSError as e:
        print(e, file=sys.stderr, flush=True)
    pause = 1 if time.monotonic() - since > 60 else min(30, pause * 2)
    time.sleep(pause * random.uniform(0.5, 1))
