package io.waybill.agent.daemon;

import io.waybill.agent.config.WatchEntry;
import io.waybill.agent.keep.Keeper;
import io.waybill.agent.local.DiskTrouble;
import io.waybill.agent.local.LocalPath;
import io.waybill.agent.queue.Ticket;
import io.waybill.agent.queue.Turns;
import io.waybill.agent.queue.UploadQueue;
import io.waybill.agent.socket.DaemonSocket;
import io.waybill.agent.spool.Manifest;
import io.waybill.agent.spool.Spool;
import io.waybill.agent.transfer.NettyPartStore;
import io.waybill.agent.upload.UploadSettings;
import io.waybill.agent.watch.Batch;
import io.waybill.agent.watch.Watcher;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Watches, queues and starts uploads; one thread decides, and everything else reports to it. What
 * it knows is on the disk: manifests, and marks of what was taken. So it may die at any moment.
 */
public final class Daemon implements AutoCloseable {

  /** More files of a directory wait on the disk, and are found again when there is room. */
  private static final int MOST_QUEUED = 500;

  private static final Duration TICK = Duration.ofMillis(500);
  private static final long LOOK_AROUND = Duration.ofSeconds(10).toNanos();
  private static final Duration STALL = Duration.ofMinutes(2);

  private final Setup setup;
  private final Spool spool;
  private final Watcher watcher;
  private final Planner planner;
  private final Keeper keeper;
  private final NettyPartStore store;
  private final Tempo tempo;
  private final UploadQueue queue;
  private final Runner runner;
  private final Survey survey;
  private final Taken taken;
  private final Busy busy = new Busy();
  private final BlockingQueue<Runnable> mailbox = new LinkedBlockingQueue<>();
  private @Nullable DaemonSocket socket;
  private long lookedAround = System.nanoTime();

  /** Opens what it works with; nothing moves before {@link #run}. */
  public Daemon(Setup setup) throws IOException {
    this.setup = setup;
    this.spool = setup.spool();
    InstantSource clock = InstantSource.system();
    Path state = spool.directory();
    this.watcher =
        Watcher.open(setup.watch(), state, setup.limits().rescan(), this::say, System.nanoTime());
    this.planner = new Planner(spool, setup.owner(), clock);
    this.store = store(0);
    Turns turns = new Turns(setup.limits().ageing(), System::nanoTime);
    this.tempo = new Tempo(setup.limits().schedule(), store, turns, setup.metered(), this::say);
    this.queue =
        new UploadQueue(
            setup.limits().openUploads(), setup.limits().ageing(), RandomGenerator.getDefault());
    this.survey = new Survey(spool, queue::has, this::say);
    this.taken = new Taken(setup.watch(), watcher, this::say);
    this.runner =
        new Runner(place(), turns, end -> mailbox.add(() -> ended(end)), setup.log()::bug);
    this.keeper =
        new Keeper(
            setup.watch(),
            setup.keys(),
            state,
            new Keeper.Place(spool, setup.server(), clock, this::say),
            watcher::reading);
  }

  private Runner.Place place() {
    return new Runner.Place(
        spool,
        setup.server(),
        store,
        this::store,
        setup.watch().stream()
            .filter(WatchEntry::removes)
            .map(entry -> LocalPath.stored(entry.directory()))
            .collect(Collectors.toSet()),
        new Story(this::say, setup.listener()),
        UploadSettings.of(setup.limits().connections(), UploadSettings.Patience.AMONG_OTHERS));
  }

  /** A store with a limit, 0 for none; the common limit counts in any case. */
  private NettyPartStore store(long limit) {
    long common = Tempo.now(setup.limits().schedule()).bytesPerSecond();
    long least = limit == 0 || (common != 0 && common < limit) ? common : limit;
    return new NettyPartStore(least, STALL, setup.caFile());
  }

  private void say(String line) {
    setup.log().say(line);
  }

  /** Runs until it is interrupted. */
  public void run() throws IOException, InterruptedException {
    setup.metered().start();
    recall();
    Orders orders =
        new Orders(
            now -> Orders.rows(spool, queue, tempo.rests(), now),
            queue,
            runner,
            mailbox,
            this::lookAround);
    try {
      socket = DaemonSocket.open(spool.directory(), orders::answer);
    } catch (IOException e) {
      say("commands cannot talk to this daemon: " + DiskTrouble.words(e));
    }
    setup.obedience().start(orders::answer);
    while (true) {
      Runnable report = mailbox.poll(TICK.toMillis(), TimeUnit.MILLISECONDS);
      while (report != null) {
        report.run();
        report = mailbox.poll();
      }
      tick(System.nanoTime());
    }
  }

  /** What an earlier life has left. */
  private void recall() throws IOException {
    for (Manifest upload : spool.all()) {
      taken.mark(upload);
      if (!upload.finished()) {
        take(upload);
      } else if (upload.watched() != null) {
        keeper.ended(upload);
      }
    }
  }

  private void tick(long now) {
    for (Batch batch : watcher.poll(now, this::room, busy::has)) {
      try {
        take(planner.plan(batch, watcher));
      } catch (IOException e) {
        say("what is new cannot be written down: " + DiskTrouble.words(e));
      }
    }
    tempo.keep();
    if (now - lookedAround >= LOOK_AROUND) {
      lookedAround = now;
      lookAround(now);
    }
    Optional<Ticket> next = queue.next(now, spool::held);
    while (next.isPresent()) {
      queue.started(next.get().uploadId());
      runner.start(next.get());
      next = queue.next(now, spool::held);
    }
  }

  private int room(WatchEntry entry) {
    return Math.max(0, MOST_QUEUED - queue.filesOf(LocalPath.stored(entry.directory())));
  }

  private void lookAround(long now) {
    survey.look(this::take);
    if (queue.anyReady(now)) {
      runner.letGoOfStuck(now);
    }
  }

  private void take(Manifest upload) {
    boolean ours =
        setup.owner().tenantId().equals(upload.tenantId())
            && setup.owner().deviceId().equals(upload.deviceId());
    if (ours) {
      queue.add(Ticket.of(upload), System.nanoTime());
      busy.add(upload);
    } else {
      say(upload.uploadId() + " was begun as device " + upload.deviceId() + "; it is left alone");
    }
  }

  private void ended(Runner.Ended end) {
    String why = end.why();
    if (why != null) {
      queue.aside(end.uploadId(), why, end.moved(), System.nanoTime());
      return;
    }
    queue.finished(end.uploadId());
    busy.over(end.uploadId());
    Manifest upload = end.manifest();
    if (upload != null) {
      taken.mark(upload);
      keeper.ended(upload);
    }
  }

  /** Every upload under way writes down how far it is. */
  @Override
  public void close() throws IOException {
    DaemonSocket open = socket;
    if (open != null) {
      open.close();
    }
    setup.metered().close();
    setup.obedience().close();
    runner.close();
    keeper.close();
    watcher.close();
    store.close();
  }
}
