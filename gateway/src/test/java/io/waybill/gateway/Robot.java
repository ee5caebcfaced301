package io.waybill.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import com.hivemq.client.mqtt.mqtt3.Mqtt3ClientBuilder;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5ClientBuilder;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PublishBuilder;
import io.waybill.wire.Command;
import io.waybill.wire.Envelope;
import io.waybill.wire.Reply;
import io.waybill.wire.Request;
import io.waybill.wire.Topics;
import io.waybill.wire.Topics.Kind;
import io.waybill.wire.Topics.Owner;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A device on the broker, MQTT 5 or 3.1.1, that hears everything meant for it. */
final class Robot implements AutoCloseable {

  private static final Topics TOPICS = new Topics(Topics.DEFAULT_PREFIX);
  private static final Schemas SCHEMAS = new Schemas();

  /** What a robot hears. */
  @SuppressWarnings("ArrayRecordComponent") // only read by tests
  record Heard(
      String topic,
      byte[] payload,
      byte @Nullable [] correlationData,
      @Nullable String contentType,
      long expirySeconds) {

    Reply reply() {
      assertThat(SCHEMAS.problemsOfReply(payload)).isEmpty();
      return Reply.read(payload);
    }
  }

  private final Owner owner;
  private final BlockingQueue<Heard> heard = new LinkedBlockingQueue<>();
  private final String name = UUID.randomUUID().toString().substring(0, 8) + "-";
  private final AtomicInteger requests = new AtomicInteger();
  private final @Nullable Mqtt5AsyncClient five;
  private final @Nullable Mqtt3AsyncClient three;

  private Robot(Owner owner, @Nullable Mqtt5AsyncClient five, @Nullable Mqtt3AsyncClient three) {
    this.owner = owner;
    this.five = five;
    this.three = three;
  }

  static Robot five(TestBroker broker, Owner owner) {
    return five(
        MqttClient.builder().useMqttVersion5().serverHost("127.0.0.1").serverPort(broker.port()),
        owner,
        false);
  }

  /** On a way of the test's own, with a session that outlives its connection or not. */
  static Robot five(Mqtt5ClientBuilder way, Owner owner, boolean keepsSession) {
    Mqtt5AsyncClient client = way.buildAsync();
    Robot robot = new Robot(owner, client, null);
    client.publishes(
        MqttGlobalPublishFilter.ALL,
        message ->
            robot.heard.add(
                new Heard(
                    message.getTopic().toString(),
                    message.getPayloadAsBytes(),
                    message.getCorrelationData().map(Robot::bytes).orElse(null),
                    message.getContentType().map(Object::toString).orElse(null),
                    message.getMessageExpiryInterval().orElse(-1))));
    client
        .connectWith()
        .cleanStart(!keepsSession)
        .sessionExpiryInterval(keepsSession ? 300 : 0)
        .send()
        .join();
    for (String filter : robot.filters()) {
      client.subscribeWith().topicFilter(filter).qos(MqttQos.AT_LEAST_ONCE).send().join();
    }
    return robot;
  }

  static Robot three(TestBroker broker, Owner owner) {
    return three(
        MqttClient.builder().useMqttVersion3().serverHost("127.0.0.1").serverPort(broker.port()),
        owner,
        false);
  }

  /** On a way of the test's own, with a session that outlives its connection or not. */
  static Robot three(Mqtt3ClientBuilder way, Owner owner, boolean keepsSession) {
    Mqtt3AsyncClient client = way.buildAsync();
    Robot robot = new Robot(owner, null, client);
    client.publishes(
        MqttGlobalPublishFilter.ALL,
        message ->
            robot.heard.add(
                new Heard(
                    message.getTopic().toString(), message.getPayloadAsBytes(), null, null, -1)));
    client.connectWith().cleanSession(!keepsSession).send().join();
    for (String filter : robot.filters()) {
      client.subscribeWith().topicFilter(filter).qos(MqttQos.AT_LEAST_ONCE).send().join();
    }
    return robot;
  }

  private List<String> filters() {
    return List.of(
        TOPICS.of(owner, Kind.RESPONSE) + "/#",
        TOPICS.of(owner, Kind.ERROR),
        TOPICS.of(owner, Kind.COMMAND),
        "device/line-3/robot-17/upload/response");
  }

  String topic(Kind kind) {
    return TOPICS.of(owner, kind);
  }

  /** Publishes any bytes as a request. */
  void say(byte[] payload) {
    say(topic(Kind.REQUEST), payload, null, null);
  }

  void say(
      String topic,
      byte[] payload,
      @Nullable String responseTopic,
      byte @Nullable [] correlationData) {
    if (five != null) {
      Mqtt5PublishBuilder.Complete publish =
          Mqtt5Publish.builder().topic(topic).qos(MqttQos.AT_LEAST_ONCE).payload(payload);
      if (responseTopic != null) {
        publish = publish.responseTopic(responseTopic);
      }
      if (correlationData != null) {
        publish = publish.correlationData(correlationData);
      }
      five.publish(publish.build()).join();
    } else if (three != null) {
      three.publishWith().topic(topic).qos(MqttQos.AT_LEAST_ONCE).payload(payload).send().join();
    }
  }

  /** Leaves a message with the broker, or takes it away with an empty one. */
  void retain(Kind kind, byte[] payload) {
    java.util.Objects.requireNonNull(five)
        .publishWith()
        .topic(topic(kind))
        .qos(MqttQos.AT_LEAST_ONCE)
        .retain(true)
        .payload(payload)
        .send()
        .join();
  }

  /** Publishes a request that the broker may lose and never holds back. */
  void sayAtMostOnce(byte[] payload) {
    java.util.Objects.requireNonNull(five)
        .publishWith()
        .topic(topic(Kind.REQUEST))
        .qos(MqttQos.AT_MOST_ONCE)
        .payload(payload)
        .send()
        .join();
  }

  /** The next message, which must come. */
  Heard hear() {
    try {
      Heard next = heard.poll(60, TimeUnit.SECONDS);
      assertThat(next).as("an answer").isNotNull();
      return java.util.Objects.requireNonNull(next);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The next message, or null when none comes in time. */
  @Nullable Reply hearWithin(Duration time) {
    try {
      Heard next = heard.poll(time.toMillis(), TimeUnit.MILLISECONDS);
      return next == null ? null : next.reply();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  boolean hasHeardNothing() {
    return heard.isEmpty();
  }

  /** Asks under a new request id and takes the next message for the answer. */
  Reply ask(Command command) {
    return ask(Request.of(name + requests.incrementAndGet(), null, command));
  }

  Reply ask(Request request) {
    say(Envelope.encode(request));
    return hear().reply();
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  @Override
  public void close() {
    if (five != null) {
      five.disconnect().join();
    }
    if (three != null) {
      three.disconnect().join();
    }
  }
}
