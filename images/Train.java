import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What control-api and gateway are asked while their AOT caches are made: the requests of an upload, over HTTP and over
 * MQTT, by the identities of the development seed. {@code java -cp agent-jars Train.java SECONDS}
 */
class Train {
  private static final String TENANT = "0190a000-0000-7000-8000-000000000001";
  private static final String PROJECT = "0190a000-0000-7000-8000-000000000002";
  private static final String DEVICE = "0190a000-0000-7000-8000-000000000017";
  private static final Pattern REQUEST = Pattern.compile("\"request_id\":\\s*\"([^\"]+)\"");
  private static final Pattern SESSION = Pattern.compile("\"session_id\":\\s*\"([^\"]+)\"");
  private static final String FILE =
      """
      {"task_name": "training", "objects": [{"object_name": "run.mcap", "file_size_bytes": 60000000,
       "content_type": "application/octet-stream"}]}""";

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final Map<String, CompletableFuture<String>> AWAITED = new ConcurrentHashMap<>();
  private static final AtomicInteger ANSWERS = new AtomicInteger();
  private static final AtomicInteger REFUSALS = new AtomicInteger();

  public static void main(String[] arguments) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(Long.parseLong(arguments[0]));
    Mqtt5AsyncClient device = device();
    Thread[] threads = new Thread[8];
    for (int i = 0; i < threads.length; i++) {
      boolean overMqtt = i % 2 == 0;
      threads[i] =
          Thread.ofVirtual()
              .start(
                  () -> {
                    while (System.nanoTime() < end) {
                      try {
                        if (overMqtt) {
                          overMqtt(device);
                        } else {
                          overHttp();
                        }
                      } catch (Exception e) {
                        REFUSALS.incrementAndGet();
                      }
                    }
                  });
    }
    for (Thread thread : threads) {
      thread.join();
    }
    device.disconnect().get(10, TimeUnit.SECONDS);
    System.out.println(ANSWERS + " answers, " + REFUSALS + " that were none");
    if (ANSWERS.get() < 100 || REFUSALS.get() > ANSWERS.get() / 10) {
      System.exit(1);
    }
  }

  private static void overHttp() throws Exception {
    http("GET", "/v1/describe", null);
    http("GET", "/v1/projects/" + PROJECT, null);
    http("GET", "/v1/projects/" + PROJECT + "/upload-tasks?limit=20", null);
    http("GET", "/v1/projects/" + PROJECT + "/datasets?limit=20", null);
    String session = session(http("POST", "/v1/projects/" + PROJECT + "/upload-tasks", FILE));
    for (int i = 0; i < 20; i++) {
      http("GET", "/v1/uploads/" + session, null);
    }
    http("POST", "/v1/uploads/" + session + "/parts/presign", "{\"part_numbers\": [1]}");
    http("GET", "/v1/uploads/" + session + "/parts", null);
    http("POST", "/v1/uploads/" + session + "/abort", "{}");
  }

  private static String http(String method, String path, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + System.getenv("WAYBILL_HTTP_PORT") + path))
            .header("Authorization", "Bearer wb_dev_local_only")
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", UUID.randomUUID().toString())
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build();
    var answer = HTTP.send(request, BodyHandlers.ofString());
    counted(answer.statusCode() < 400 || answer.statusCode() == 429, path + " " + answer.body());
    return answer.body();
  }

  private static Mqtt5AsyncClient device() throws Exception {
    Mqtt5AsyncClient device =
        MqttClient.builder()
            .useMqttVersion5()
            .identifier(DEVICE)
            .serverHost("127.0.0.1")
            .serverPort(Integer.parseInt(System.getenv("WAYBILL_MQTT_PORT")))
            .buildAsync();
    device
        .connectWith()
        .simpleAuth()
        .username(DEVICE)
        .password("wbd_dev_robot_17_local_only".getBytes(StandardCharsets.UTF_8))
        .applySimpleAuth()
        .send()
        .get(30, TimeUnit.SECONDS);
    device
        .subscribeWith()
        .topicFilter(topic("response/#"))
        .qos(MqttQos.AT_LEAST_ONCE)
        .callback(Train::heard)
        .send()
        .get(30, TimeUnit.SECONDS);
    return device;
  }

  private static String topic(String rest) {
    return "device/" + TENANT + "/" + DEVICE + "/upload/" + rest;
  }

  private static void heard(Mqtt5Publish answer) {
    String said = new String(answer.getPayloadAsBytes(), StandardCharsets.UTF_8);
    Matcher id = REQUEST.matcher(said);
    CompletableFuture<String> awaited = id.find() ? AWAITED.remove(id.group(1)) : null;
    if (awaited != null) {
      awaited.complete(said);
    }
  }

  private static void overMqtt(Mqtt5AsyncClient device) throws Exception {
    ask(device, "describe", "{}");
    String create = FILE.replaceFirst("\\{", "{\"project_id\": \"" + PROJECT + "\", ");
    String session = session(ask(device, "create_session", create));
    String of = "{\"session_id\": \"" + session + "\"";
    for (int i = 0; i < 20; i++) {
      ask(device, "get_status", of + "}");
    }
    ask(device, "presign_parts", of + ", \"part_numbers\": [1]}");
    ask(device, "abort_upload", of + "}");
  }

  private static String ask(Mqtt5AsyncClient device, String command, String payload)
      throws Exception {
    String id = UUID.randomUUID().toString();
    CompletableFuture<String> awaited = new CompletableFuture<>();
    AWAITED.put(id, awaited);
    String request =
        "{\"request_id\": \"%s\", \"command\": \"%s\", \"payload\": %s}"
            .formatted(id, command, payload);
    device.publishWith().topic(topic("request")).qos(MqttQos.AT_LEAST_ONCE)
        .payload(request.getBytes(StandardCharsets.UTF_8)).send();
    String answer = awaited.get(30, TimeUnit.SECONDS);
    counted(answer.contains("\"ok\":true") || answer.contains("rate"), command + " " + answer);
    return answer;
  }

  private static String session(String answer) {
    Matcher found = SESSION.matcher(answer);
    if (!found.find()) {
      throw new IllegalStateException(answer);
    }
    return found.group(1);
  }

  private static void counted(boolean good, String said) {
    if (!good) {
      System.err.println(said);
      throw new IllegalStateException(said);
    }
    ANSWERS.incrementAndGet();
  }
}
