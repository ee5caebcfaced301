package io.waybill.acceptance.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.site.Api;
import io.waybill.acceptance.site.OpenUploads;
import io.waybill.acceptance.site.Program;
import io.waybill.acceptance.site.Site;
import io.waybill.core.Verdict;
import io.waybill.core.app.UseCases;
import io.waybill.core.idempotency.RequestKey;
import io.waybill.core.quota.Drift;
import io.waybill.core.quota.usecase.ReconcileQuotas;
import io.waybill.core.upload.Answer;
import io.waybill.core.upload.AnswerLimit;
import io.waybill.core.upload.PresignAnswer;
import io.waybill.core.upload.usecase.AbortUpload;
import io.waybill.core.upload.usecase.PresignParts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/** Brings calls to where they die, lets them die, and knows what an undisturbed one does. */
final class Bench implements AutoCloseable {

  /** Who dies has leased URLs in advance, a tenth of a minute's, and gives none of them back. */
  private static final String NEVER_EMPTY =
      """
      create or replace function refilled(remaining double precision, since timestamptz, at timestamptz, per_minute integer)
      returns double precision language sql immutable as 'select per_minute::double precision'
      """;

  /** Every lease of a dead process, and every claim of a dead worker, has ended by then. */
  static final Duration LATER = Duration.ofSeconds(75);

  private final Site site;
  private final Parts parts;
  private final Api client;
  private final Effects effects;
  private final OpenUploads store;
  private final Map<Scenario, Undisturbed> undisturbed = new ConcurrentHashMap<>();
  private int names;

  Bench(Path folder) {
    site = Site.open(folder);
    site.database().change(NEVER_EMPTY);
    parts = new Parts(site.configuration());
    client = new Api(site.api(), "");
    effects = new Effects(site.database());
    store = new OpenUploads(site.storeFolder());
  }

  /** What a call does when nothing happens to it. */
  record Undisturbed(
      List<String> places, String answer, List<String> rows, Map<String, Long> facts) {}

  Site site() {
    return site;
  }

  Effects effects() {
    return effects;
  }

  OpenUploads store() {
    return store;
  }

  /** Walked once for every kind of call. */
  Undisturbed undisturbed(Scenario scenario) {
    return undisturbed.computeIfAbsent(
        scenario,
        same -> {
          Victim victim = stage(scenario, 0);
          FaultPoints points = FaultPoints.counting();
          String answer = Effects.answer(walk(victim, points, Duration.ZERO));
          Undisturbed all =
              new Undisturbed(
                  points.passed(),
                  answer,
                  effects.rows(victim.name()),
                  effects.facts(victim.name()));
          giveUp(victim);
          return all;
        });
  }

  Verdict<?> walk(Victim victim, FaultPoints points, Duration clockOffset) {
    try {
      UseCases use = parts.use(points, clockOffset);
      return points.walk(() -> victim.scenario().call(use, victim));
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** The same call by a live process. */
  Verdict<?> call(Victim victim, Duration clockOffset) {
    return walk(victim, FaultPoints.counting(), clockOffset);
  }

  /** Numbers of the places after which something is different. */
  List<Integer> places(Scenario scenario) {
    List<String> passed = undisturbed(scenario).places();
    return IntStream.range(0, passed.size())
        .filter(n -> !passed.get(n).equals(PointedWork.READ))
        .boxed()
        .toList();
  }

  /** How many uploads it had made in the store when it died that it had not written down. */
  int lostUploads(Victim victim) {
    List<String> passed = undisturbed(victim.scenario()).places();
    int lost = 0;
    for (String place : passed.subList(0, Math.min(passed.size(), victim.place() + 1))) {
      lost =
          place.equals(PointedWork.COMMIT) ? 0 : lost + (place.equals(PointedStore.CREATE) ? 1 : 0);
    }
    return lost;
  }

  /** Where it died, in words. */
  String died(Victim victim) {
    List<String> passed = undisturbed(victim.scenario()).places();
    String place =
        victim.place() < passed.size()
            ? passed.get(victim.place()) + " (" + victim.place() + ")"
            : "place " + victim.place();
    return victim.name() + " " + victim.scenario() + " died after " + place;
  }

  /** One for each place of each call. */
  List<Victim> stageAll(Scenario... scenarios) {
    List<Victim> victims = new ArrayList<>();
    for (Scenario scenario : scenarios) {
      places(scenario).forEach(place -> victims.add(stage(scenario, place)));
    }
    return victims;
  }

  /** A fresh upload in the state in which the call is made. */
  Victim stage(Scenario scenario, int place) {
    Victim bare = Victim.of(scenario, "victim-" + ++names, place);
    if (scenario.preparedBytes == 0) {
      return bare;
    }
    UseCases use = parts.use(Duration.ZERO);
    Answer.Task task =
        Scenario.value(
            use.uploads()
                .createUploadTask()
                .handle(
                    Scenario.caller(use, bare),
                    RequestKey.NONE,
                    Scenario.task(bare.name(), null, 1, scenario.preparedBytes),
                    AnswerLimit.NONE));
    Answer.TaskObject object = task.objects().getFirst();
    Victim victim =
        new Victim(
            scenario, bare.name(), object.sessionId(), task.taskId(), object.objectId(), place);
    send(use, victim, object.partCount());
    if (scenario.isAbortedBefore) {
      abort(use, victim, object.sessionId());
    }
    return victim;
  }

  private void send(UseCases use, Victim victim, int partCount) {
    List<Integer> numbers = IntStream.rangeClosed(1, partCount).boxed().toList();
    PresignParts.Request request =
        new PresignParts.Request(
            victim.sessionId(), numbers, null, false, Map.of(), AnswerLimit.NONE);
    PresignAnswer urls =
        Scenario.value(use.uploads().presignParts().handle(Scenario.caller(use, victim), request));
    for (PresignAnswer.Part part : ((PresignAnswer.Full) urls).parts()) {
      client.put(
          part.url(),
          Arrays.copyOfRange(
              victim.bytes(), (int) part.offsetStart(), (int) part.offsetEndExclusive()));
    }
  }

  private static void abort(UseCases use, Victim victim, UUID sessionId) {
    Scenario.value(
        use.uploads()
            .abortUpload()
            .handle(
                Scenario.caller(use, victim),
                RequestKey.NONE,
                new AbortUpload.Request(sessionId, "no longer wanted")));
  }

  /** Gives up what is still open, so that no quota is in the way of the next. */
  void giveUp(Victim victim) {
    UseCases use = parts.use(Duration.ofMinutes(10));
    effects.sessions(victim.name()).stream()
        .filter(Effects.Stored::canBeAborted)
        .forEach(session -> abort(use, victim, UUID.fromString(session.sessionId())));
  }

  /** A process walks all these calls, each to its place, and is halted with all of them. */
  void allDie(List<Victim> victims, Duration clockOffset) {
    assertThat(die(victims, clockOffset)).doesNotContain("survived:");
  }

  /** The same, where a call may end before it comes to its place; answers what was said. */
  String die(List<Victim> victims, Duration clockOffset) {
    Program process = start(victims, clockOffset);
    assertThat(process.exitCode()).as(process.output()).isEqualTo(137);
    assertThat(process.output()).contains("halted").doesNotContain("failed:");
    return process.output();
  }

  private Program start(List<Victim> victims, Duration clockOffset) {
    String name = "dying-" + ++names;
    Path lines = site.logs().resolve(name + ".victims");
    write(lines, victims.stream().map(Victim::toLine).toList());
    return Program.start(
        site.logs().resolve(name + ".log"),
        site.environment(),
        "-Xmx128m",
        DyingProcess.class.getName(),
        List.of(lines.toString(), Long.toString(clockOffset.toSeconds())));
  }

  private static void write(Path file, List<String> lines) {
    try {
      Files.write(file, lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The worker walks until nothing is due. */
  void redriveAll(Duration clockOffset) {
    UseCases use = parts.use(clockOffset);
    for (int round = 0; round < 50; round++) {
      if (use.uploads().redrive().handle(100).claimed() == 0) {
        return;
      }
    }
    throw new AssertionError("the worker finds no end");
  }

  @Override
  public void close() {
    client.close();
    parts.close();
    site.close();
  }

  /** What is counted of any tenant and is not so. */
  List<Drift> drifts() {
    ReconcileQuotas reconcile =
        parts.use(FaultPoints.counting(), Duration.ZERO).quotas().reconcileQuotas();
    return reconcile.tenants(null).stream()
        .flatMap(tenant -> reconcile.handle(tenant, false).stream())
        .toList();
  }
}
