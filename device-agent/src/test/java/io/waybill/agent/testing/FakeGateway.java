package io.waybill.agent.testing;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import io.waybill.wire.Envelope;
import io.waybill.wire.Request;
import io.waybill.wire.RequestId;
import io.waybill.wire.Topics;
import io.waybill.wire.Topics.Kind;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The fake server behind a real broker on loopback. */
public final class FakeGateway implements AutoCloseable {

  private static final Topics TOPICS = new Topics(Topics.DEFAULT_PREFIX);

  private final FakeServer server;
  private final @Nullable TestBroker ownBroker;
  private final int port;
  private final Mqtt5AsyncClient client;
  private final ExecutorService worker = Executors.newSingleThreadExecutor();
  private final List<String> requestIds = new CopyOnWriteArrayList<>();
  private volatile Predicate<Integer> deaf = number -> false;

  /** Behind a broker that others use, too. */
  public FakeGateway(FakeServer server, TestBroker broker) {
    this(server, broker.port(), null);
  }

  /** With a broker of its own, which ends with it. */
  public FakeGateway(FakeServer server, Path directory, int port) {
    this(server, port, new TestBroker(directory, port));
  }

  private FakeGateway(FakeServer server, int port, @Nullable TestBroker ownBroker) {
    this.server = server;
    this.ownBroker = ownBroker;
    this.port = port;
    try {
      this.client =
          MqttClient.builder()
              .useMqttVersion5()
              .identifier("waybill-gateway")
              .serverHost("127.0.0.1")
              .serverPort(port)
              .buildAsync();
      client.publishes(
          MqttGlobalPublishFilter.ALL, publish -> worker.execute(() -> answer(publish)));
      client.connect().get();
      client
          .subscribeWith()
          .topicFilter(TOPICS.everyDevice(Kind.REQUEST))
          .qos(MqttQos.AT_LEAST_ONCE)
          .send()
          .get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  public int port() {
    return port;
  }

  /** Says nothing to those requests, counted from 0. */
  public void deafTo(Predicate<Integer> requests) {
    deaf = requests;
  }

  /** The ids of all requests that arrived, in order. */
  public List<String> requestIds() {
    return List.copyOf(requestIds);
  }

  private void answer(Mqtt5Publish publish) {
    Topics.Owner owner = TOPICS.read(publish.getTopic().toString()).orElseThrow().owner();
    Request request = Envelope.decode(publish.getPayloadAsBytes());
    RequestId id = Objects.requireNonNull(request.id());
    int number = requestIds.size();
    requestIds.add(id.text());
    if (deaf.test(number)) {
      return;
    }
    String name = Objects.toString(request.commandName());
    byte[] answer;
    try {
      String key = request.idempotencyKey() == null ? id.text() : request.idempotencyKey();
      answer = Envelope.ok(id, name, server.answer(request.command(), key));
    } catch (FakeServer.Refusal refusal) {
      answer = Envelope.error(id, name, refusal.error());
    }
    var _ =
        client
            .publishWith()
            .topic(TOPICS.of(owner, Kind.RESPONSE))
            .qos(MqttQos.AT_LEAST_ONCE)
            .payload(answer)
            .send();
  }

  @Override
  public void close() {
    try {
      client.disconnect().get();
      if (ownBroker != null) {
        ownBroker.close();
      }
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    } finally {
      worker.shutdownNow();
    }
  }
}
