package io.waybill.acceptance.site;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.exceptions.MqttClientStateException;
import com.hivemq.client.mqtt.lifecycle.MqttClientAutoReconnect;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5ClientBuilder;
import com.hivemq.client.mqtt.mqtt5.datatypes.Mqtt5UserProperties;
import com.hivemq.client.mqtt.mqtt5.datatypes.Mqtt5UserProperty;
import io.waybill.allinone.stack.DevelopmentIdentities;
import io.waybill.server.config.Configuration;
import io.waybill.server.config.MqttSetting;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A device on the broker that follows the protocol by hand: it asks, and asks again with the same
 * request id until it is answered.
 */
public final class Device implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Mqtt5AsyncClient client;
  private final String topic;
  private final Duration repeat;
  private final Map<String, JsonNode> answers = new ConcurrentHashMap<>();
  private final Set<String> asked = ConcurrentHashMap.newKeySet();
  private final LinkedBlockingQueue<JsonNode> errors = new LinkedBlockingQueue<>();
  private final AtomicInteger said = new AtomicInteger();
  private final AtomicInteger lostConnections;
  private volatile Mqtt5UserProperties properties = Mqtt5UserProperties.of();

  private Device(
      Mqtt5AsyncClient client, String topic, Duration repeat, AtomicInteger lostConnections) {
    this.client = client;
    this.lostConnections = lostConnections;
    this.topic = topic;
    this.repeat = repeat;
  }

  public static Device robot17(Configuration configuration) {
    return connect(
        configuration,
        DevelopmentIdentities.ROBOT_17,
        DevelopmentIdentities.ROBOT_17_CREDENTIAL,
        Duration.ofSeconds(5));
  }

  public static Device robot18(Configuration configuration) {
    return connect(
        configuration,
        DevelopmentIdentities.ROBOT_18,
        DevelopmentIdentities.ROBOT_18_CREDENTIAL,
        Duration.ofSeconds(5));
  }

  /** A device of the development tenant that repeats an unanswered request after a while. */
  public static Device connect(
      Configuration configuration, UUID device, String credential, Duration repeat) {
    return connect(
        MqttClient.builder()
            .useMqttVersion5()
            .serverHost(configuration.text(MqttSetting.HOST))
            .serverPort(configuration.port(MqttSetting.PORT))
            .simpleAuth()
            .username(device.toString())
            .password(credential.getBytes(UTF_8))
            .applySimpleAuth(),
        device,
        repeat);
  }

  /** The same on a way to the broker of a test's own. */
  public static Device connect(Mqtt5ClientBuilder way, UUID device, Duration repeat) {
    AtomicInteger lost = new AtomicInteger();
    Mqtt5AsyncClient client =
        way.identifier(device.toString())
            .addDisconnectedListener(context -> lost.incrementAndGet())
            .automaticReconnect(
                MqttClientAutoReconnect.builder()
                    .initialDelay(100, TimeUnit.MILLISECONDS)
                    .maxDelay(1, TimeUnit.SECONDS)
                    .build())
            .buildAsync();
    String topic = "device/" + DevelopmentIdentities.TENANT + "/" + device + "/upload/";
    Device robot = new Device(client, topic, repeat, lost);
    client.publishes(
        MqttGlobalPublishFilter.ALL,
        message -> {
          JsonNode heard = JSON.readTree(message.getPayloadAsBytes());
          if (heard.path("request_id").isString()) {
            robot.heard(heard.path("request_id").stringValue(), heard);
          } else {
            robot.errors.add(heard);
          }
        });
    client.connectWith().cleanStart(false).sessionExpiryInterval(300).send().join();
    for (String kind : new String[] {"response", "error"}) {
      client.subscribeWith().topicFilter(topic + kind).qos(MqttQos.AT_LEAST_ONCE).send().join();
    }
    return robot;
  }

  private synchronized void heard(String requestId, JsonNode answer) {
    answers.put(requestId, answer);
    notifyAll();
  }

  /** Asks under a new request id; the answer, whatever it says. */
  public JsonNode ask(String command, String payload) {
    return ask(command, payload, null);
  }

  /** The same with an idempotency key. */
  public JsonNode ask(String command, String payload, @Nullable String idempotencyKey) {
    String requestId = UUID.randomUUID().toString();
    String key = idempotencyKey == null ? "" : ",\"idempotency_key\":\"" + idempotencyKey + "\"";
    return askAs(
        requestId,
        "{\"request_id\":\"%s\",\"command\":\"%s\"%s,\"payload\":%s}"
            .formatted(requestId, command, key, payload));
  }

  /** The result of what must succeed. */
  public JsonNode result(String command, String payload) {
    JsonNode answer = ask(command, payload);
    assertThat(answer.path("ok").asBoolean()).as("%s: %s", command, answer).isTrue();
    return answer.path("result");
  }

  /** The error code of what must be refused. */
  public String refusal(String command, String payload) {
    JsonNode answer = ask(command, payload);
    assertThat(answer.path("ok").asBoolean()).as("%s: %s", command, answer).isFalse();
    return answer.path("error").path("code").stringValue();
  }

  /** Sends a whole request, again and again, until something with this id is heard. */
  public JsonNode askAs(String requestId, String request) {
    return askAs(requestId, request.getBytes(UTF_8));
  }

  /** The same with bytes that need not be text. */
  public synchronized JsonNode askAs(String requestId, byte[] request) {
    Instant end = Instant.now().plus(PATIENCE);
    answers.remove(requestId);
    asked.add(requestId);
    say(request);
    Instant again = Instant.now().plus(repeat);
    while (true) {
      JsonNode answer = answers.get(requestId);
      if (answer != null && !isOneTooMany(answer)) {
        return answer;
      }
      if (answer != null) {
        answers.remove(requestId);
        again = Instant.now().plusSeconds(1);
      }
      assertThat(Instant.now()).as("no answer to %s", new String(request, UTF_8)).isBefore(end);
      if (Instant.now().isAfter(again)) {
        say(request);
        again = Instant.now().plus(repeat);
      }
      try {
        wait(50);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** Its own requests wait already: a device comes again. */
  private static boolean isOneTooMany(JsonNode answer) {
    return answer.path("error").path("code").asString("").equals("rate_limit.exceeded");
  }

  /** From now on, its requests are part of this trace. */
  public void within(String traceparent) {
    properties = Mqtt5UserProperties.of(Mqtt5UserProperty.of("traceparent", traceparent));
  }

  /** Publishes any bytes as a request. */
  public void say(byte[] request) {
    said.incrementAndGet();
    var _ =
        client
            .publishWith()
            .topic(topic + "request")
            .qos(MqttQos.AT_LEAST_ONCE)
            .payload(request)
            .userProperties(properties)
            .send();
  }

  /** The next answer to something that had no readable request id. */
  public JsonNode nextError() {
    try {
      JsonNode error = errors.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      assertThat(error).as("an error").isNotNull();
      return java.util.Objects.requireNonNull(error);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Says something without a readable request id until an error is heard. */
  public JsonNode errorTo(byte[] request) {
    Instant end = Instant.now().plus(PATIENCE);
    try {
      while (true) {
        say(request);
        JsonNode error = errors.poll(repeat.toMillis(), TimeUnit.MILLISECONDS);
        if (error != null) {
          return error;
        }
        assertThat(Instant.now()).as("no error is heard").isBefore(end);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether an answer to this request has come. */
  public boolean hasHeard(String requestId) {
    return answers.containsKey(requestId);
  }

  /** How many requests it has sent, each repetition counted. */
  public int said() {
    return said.get();
  }

  /** Of which requests an answer has come that {@link #ask} never asked here: another device's. */
  public Set<String> unasked() {
    Set<String> heard = new HashSet<>(answers.keySet());
    heard.removeAll(asked);
    return heard;
  }

  /** How often the connection has ended. */
  public int lostConnections() {
    return lostConnections.get();
  }

  /** The broker may have ended the connection before: it does when the credential has ended. */
  @Override
  public void close() {
    client
        .disconnect()
        .exceptionally(failure -> {
          if (failure instanceof MqttClientStateException) {
            return null;
          }
          throw new CompletionException(failure);
        })
        .join();
  }
}
