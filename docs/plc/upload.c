/*
 * Uploads one file as a controller with 4 KiB of buffer does: questions over MQTT 3.1.1 (libmosquitto), bytes by
 * HTTP PUT (libcurl), one part at a time. JSON is read by cJSON.
 *
 *   cc -O2 -Wall -Wextra -o upload upload.c -lmosquitto -lcurl -lcjson
 *   WAYBILL_TENANT=... WAYBILL_DEVICE=... WAYBILL_CREDENTIAL=... WAYBILL_PROJECT=... ./upload FILE KEY
 *
 * KEY names this upload (1 to 64 printable characters, such as the number of the run): started again with the
 * same KEY after a power cut it goes on with the same upload. Debian: libmosquitto-dev libcurl4-openssl-dev libcjson-dev.
 */
#define _POSIX_C_SOURCE 200809L
#include <cjson/cJSON.h>
#include <curl/curl.h>
#include <libgen.h>
#include <mosquitto.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>
#include <unistd.h>

enum { BUFFER = 4096, ETAG = 128 };

static const char *device;
static char request_topic[256], response_topic[256];
static char waiting_for[128]; /* the request_id whose answer is wanted */
static cJSON *answer;        /* that answer, once it is here */
static int refused;          /* what the broker said to our name and password */

static const char *setting(const char *name, const char *otherwise) {
  const char *value = getenv(name);
  if (!value && !otherwise) {
    fprintf(stderr, "set %s\n", name);
    exit(2);
  }
  return value ? value : otherwise;
}

static void on_connect(struct mosquitto *client, void *data, int reason) {
  (void)data;
  refused = reason;
  if (reason == 0) mosquitto_subscribe(client, NULL, response_topic, 1);
}

static void on_message(struct mosquitto *client, void *data, const struct mosquitto_message *message) {
  (void)client, (void)data;
  cJSON *read = cJSON_ParseWithLength(message->payload, (size_t)message->payloadlen);
  const char *id = cJSON_GetStringValue(cJSON_GetObjectItem(read, "request_id"));
  if (id && !answer && strcmp(id, waiting_for) == 0) answer = read;
  else cJSON_Delete(read); /* a second answer to an earlier question */
}

static void fail(const char *what, const cJSON *error) {
  fprintf(stderr, "%s: %s: %s\n", what, cJSON_GetStringValue(cJSON_GetObjectItem(error, "code")),
          cJSON_GetStringValue(cJSON_GetObjectItem(error, "message")));
  exit(1);
}

/* Serves the connection for a while, or until the answer is here. */
static void serve(struct mosquitto *client, int seconds) {
  for (time_t end = time(NULL) + seconds; !answer && time(NULL) < end;) {
    int rc = mosquitto_loop(client, 200, 1);
    if (refused == 4 || refused == 5) {
      fprintf(stderr, "the broker does not let %s in: %s\n", device, mosquitto_connack_string(refused));
      exit(1);
    }
    if (rc != MOSQ_ERR_SUCCESS) {
      sleep(1);
      mosquitto_reconnect(client);
    }
  }
}

/* Asks until there is an answer, because a broker may drop a message and say nothing. Gives the result back. */
static cJSON *ask(struct mosquitto *client, const char *command, const char *key, const char *format, ...) {
  static int count;
  char payload[BUFFER / 2], request[BUFFER];
  va_list values;
  va_start(values, format);
  vsnprintf(payload, sizeof payload, format, values);
  va_end(values);
  snprintf(waiting_for, sizeof waiting_for, "%s-%lx-%d", key, (long)time(NULL), ++count);
  snprintf(request, sizeof request, "{\"request_id\":\"%s\",\"command\":\"%s\",\"idempotency_key\":\"%s/%s\",\"payload\":%s}",
           waiting_for, command, key, strcmp(command, "create_session") == 0 ? command : waiting_for, payload);
  for (int wait = 5;; wait = wait < 31 ? wait * 2 : 60) {
    mosquitto_publish(client, NULL, request_topic, (int)strlen(request), request, 1, false);
    serve(client, wait);
    cJSON *here = answer;
    answer = NULL;
    if (!here) continue;
    if (cJSON_IsTrue(cJSON_GetObjectItem(here, "ok"))) return here;
    const cJSON *error = cJSON_GetObjectItem(here, "error");
    if (!cJSON_IsTrue(cJSON_GetObjectItem(error, "retryable"))) fail(command, error);
    double seconds = cJSON_GetNumberValue(cJSON_GetObjectItem(error, "retry_after_seconds"));
    cJSON_Delete(here);
    serve(client, seconds > 0 ? (int)seconds + 1 : wait);
  }
}

static size_t header(char *line, size_t size, size_t count, void *etag) {
  if (size * count > 5 && strncasecmp(line, "etag:", 5) == 0)
    sscanf(line + 5, " \"%126[^\"\r\n]", (char *)etag);
  return size * count;
}

static size_t ignored(char *bytes, size_t size, size_t count, void *data) {
  (void)bytes, (void)data;
  return size * count;
}

/* Sends bytes of the file; true when storage has named what it has. Else nobody knows: ask for a fresh URL. */
static bool put(const char *url, FILE *file, curl_off_t offset, curl_off_t bytes, char *etag) {
  CURL *curl = curl_easy_init();
  struct curl_slist *headers = curl_slist_append(NULL, "Expect:");
  *etag = 0;
  fseeko(file, offset, SEEK_SET);
  curl_easy_setopt(curl, CURLOPT_URL, url);
  curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
  curl_easy_setopt(curl, CURLOPT_READDATA, file);
  curl_easy_setopt(curl, CURLOPT_INFILESIZE_LARGE, bytes); /* the Content-Length: never chunked */
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
  curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, header);
  curl_easy_setopt(curl, CURLOPT_HEADERDATA, etag);
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, ignored);
  curl_easy_setopt(curl, CURLOPT_FAILONERROR, 1L);
  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, 10L);
  curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, 1L); /* a store that says nothing for a minute is gone */
  curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, 60L);
  bool stored = curl_easy_perform(curl) == CURLE_OK && *etag;
  curl_slist_free_all(headers);
  curl_easy_cleanup(curl);
  return stored;
}

static const cJSON *first(const cJSON *list) { return cJSON_GetArrayItem(list, 0); }

static const char *text(const cJSON *object, const char *name) {
  const char *value = cJSON_GetStringValue(cJSON_GetObjectItem(object, name));
  return value ? value : "";
}

static curl_off_t number(const cJSON *object, const char *name) {
  return (curl_off_t)cJSON_GetNumberValue(cJSON_GetObjectItem(object, name));
}

/* Whether "1-40,43" has a number in it. */
static bool has(const char *ranges, long part) {
  for (char *at = (char *)ranges; *at; at += *at == ',') {
    long from = strtol(at, &at, 10), to = *at == '-' ? strtol(at + 1, &at, 10) : from;
    if (from <= part && part <= to) return true;
  }
  return false;
}

static void send_part(struct mosquitto *client, const char *key, const char *session, long part, FILE *file) {
  char etag[ETAG];
  for (bool stored = false; !stored;) {
    cJSON *signed_ = ask(client, "presign_parts", key, "{\"session_id\":\"%s\",\"part_numbers\":[%ld],\"max_response_bytes\":%d}",
                         session, part, BUFFER);
    const cJSON *url = first(cJSON_GetObjectItem(cJSON_GetObjectItem(signed_, "result"), "parts"));
    curl_off_t bytes = number(url, "expected_size_bytes");
    stored = put(text(url, "url"), file, number(url, "offset_start"), bytes, etag);
    cJSON_Delete(signed_);
    if (stored)
      cJSON_Delete(ask(client, "acknowledge_part", key,
                       "{\"session_id\":\"%s\",\"parts\":[{\"part_number\":%ld,\"etag\":\"%s\",\"size_bytes\":%lld}],\"max_response_bytes\":%d}",
                       session, part, etag, (long long)bytes, BUFFER));
    else
      serve(client, 5);
  }
}

int main(int count, char **arguments) {
  if (count != 3 || !*arguments[2] || strlen(arguments[2]) > 64) {
    fprintf(stderr, "usage: %s FILE KEY, a key of 1 to 64 characters\n", arguments[0]);
    return 2;
  }
  const char *key = arguments[2], *tenant = setting("WAYBILL_TENANT", NULL);
  device = setting("WAYBILL_DEVICE", NULL);
  snprintf(request_topic, sizeof request_topic, "device/%s/%s/upload/request", tenant, device);
  snprintf(response_topic, sizeof response_topic, "device/%s/%s/upload/response", tenant, device);
  FILE *file = fopen(arguments[1], "rb");
  if (!file || fseeko(file, 0, SEEK_END)) {
    perror(arguments[1]);
    return 1;
  }
  long long size = ftello(file);

  curl_global_init(CURL_GLOBAL_DEFAULT);
  mosquitto_lib_init();
  struct mosquitto *client = mosquitto_new(device, false, NULL); /* no clean session: the broker keeps our answers */
  mosquitto_username_pw_set(client, device, setting("WAYBILL_CREDENTIAL", NULL));
  mosquitto_connect_callback_set(client, on_connect);
  mosquitto_message_callback_set(client, on_message);
  if (getenv("WAYBILL_MQTT_CA")) mosquitto_tls_set(client, getenv("WAYBILL_MQTT_CA"), NULL, NULL, NULL, NULL);
  const char *host = setting("WAYBILL_MQTT_HOST", "127.0.0.1");
  while (mosquitto_connect(client, host, atoi(setting("WAYBILL_MQTT_PORT", "11883")), 30)) sleep(5);

  cJSON *created = ask(client, "create_session", key,
                       "{\"project_id\":\"%s\",\"objects\":[{\"object_name\":\"%s\",\"file_size_bytes\":%lld,\"part_size_bytes\":%s}],"
                       "\"max_response_bytes\":%d}",
                       setting("WAYBILL_PROJECT", NULL), basename(arguments[1]), size,
                       setting("WAYBILL_PART_BYTES", "8388608"), BUFFER);
  char session[64];
  snprintf(session, sizeof session, "%s",
           text(first(cJSON_GetObjectItem(cJSON_GetObjectItem(created, "result"), "objects")), "session_id"));
  cJSON_Delete(created);

  cJSON *stored = ask(client, "list_parts", key,
                      "{\"session_id\":\"%s\",\"source\":\"reconcile\",\"encoding\":\"ranges\",\"max_response_bytes\":%d}", session, BUFFER);
  const cJSON *list = cJSON_GetObjectItem(stored, "result");
  for (long part = 1; part <= (long)number(list, "part_count"); part++)
    if (!has(text(list, "uploaded"), part)) send_part(client, key, session, part, file);
  cJSON_Delete(stored);

  cJSON *done = ask(client, "complete_upload", key, "{\"session_id\":\"%s\",\"max_response_bytes\":%d}", session, BUFFER);
  char *said = cJSON_PrintUnformatted(cJSON_GetObjectItem(done, "result"));
  puts(said);
  free(said);
  cJSON_Delete(done);
  mosquitto_disconnect(client);
  mosquitto_destroy(client);
  mosquitto_lib_cleanup();
  curl_global_cleanup();
  fclose(file);
  return 0;
}
