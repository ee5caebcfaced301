package io.waybill.simulator;

import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.waybill.core.app.Stores;
import io.waybill.core.app.UseCases;
import io.waybill.core.memory.ManualTime;
import io.waybill.core.memory.MemoryDatabase;
import io.waybill.core.memory.MemoryHeartbeat;
import io.waybill.core.memory.MemoryObjectStore;
import io.waybill.core.memory.MemorySigner;
import io.waybill.core.memory.SequentialIds;
import io.waybill.core.work.Ports;
import io.waybill.doors.ThreadWaits;
import io.waybill.gateway.Arrival;
import io.waybill.gateway.Dispatch;
import io.waybill.gateway.GatewaySettings.Bounds;
import io.waybill.gateway.OutgoingMessage;
import io.waybill.testkit.contract.World;
import io.waybill.wire.Envelope;
import io.waybill.wire.Reply;
import io.waybill.wire.Request;
import io.waybill.wire.Topics;
import io.waybill.wire.Topics.Kind;
import io.waybill.wire.Topics.Owner;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/** A gateway on the core, without threads: whoever asks it has its answer when it returns. */
final class OneThreadGateway {
  private static final Topics TOPICS = new Topics(Topics.DEFAULT_PREFIX);

  final ManualTime time = new ManualTime(World.BEGINNING);
  final MemoryObjectStore store = new MemoryObjectStore(Set.of("robot-data"));
  private final List<OutgoingMessage> said = new ArrayList<>();
  private final List<Owner> devices;
  private final UUID project;
  private Set<String> openBefore = Set.of();
  private final Dispatch dispatch;

  OneThreadGateway(int devices) {
    MemoryDatabase rows = new MemoryDatabase();
    SequentialIds ids = new SequentialIds();
    Site site = new Site(rows, ids);
    this.project = site.project();
    this.devices =
        IntStream.range(0, devices).mapToObj(n -> site.robot("robot-" + n).owner()).toList();
    Ports<Stores> ports =
        new Ports<>(rows, store, new MemorySigner(), ids, time, new MemoryHeartbeat());
    this.dispatch =
        Dispatch.over(
            UseCases.over(ports, UseCases.Settings.DEFAULT),
            TOPICS,
            Bounds.DEFAULT,
            new CompositeMeterRegistry(),
            new Dispatch.World(Runnable::run, new ThreadWaits(), this::publish));
  }

  private CompletableFuture<Void> publish(OutgoingMessage message) {
    said.add(message);
    return CompletableFuture.completedFuture(null);
  }

  UUID project() {
    return project;
  }

  /** The one answer, which must come to the device itself, for its request is acknowledged. */
  Reply ask(int device, Request request) {
    Owner owner = devices.get(device);
    List<String> acknowledged = new ArrayList<>();
    said.clear();
    openBefore = store.openUploads();
    byte[] payload = Envelope.encode(request);
    dispatch.arrive(
        new Arrival(
            TOPICS.of(owner, Kind.REQUEST),
            () -> payload,
            true,
            new Arrival.Properties(null, null, null),
            () -> acknowledged.add("once")));
    if (said.size() != 1 || acknowledged.size() != 1) {
      throw new AssertionError(
          said.size() + " answers, " + acknowledged.size() + " acknowledgements of " + request);
    }
    OutgoingMessage answer = said.getFirst();
    if (!answer.topic().equals(TOPICS.of(owner, Kind.RESPONSE))) {
      throw new AssertionError("the answer to " + owner + " goes to " + answer.topic());
    }
    return Reply.read(answer.payload());
  }

  /** What storage calls the upload that the last request has opened. */
  String opened() {
    Set<String> opened = new TreeSet<>(store.openUploads());
    opened.removeAll(openBefore);
    return opened.isEmpty() ? "none" : opened.iterator().next();
  }
}
