package io.waybill.workers;

import io.micrometer.core.instrument.MeterRegistry;
import io.waybill.core.Outage;
import io.waybill.core.app.UseCases;
import io.waybill.core.dataset.usecase.RedriveHolds;
import io.waybill.core.dataset.usecase.RedrivePurges;
import io.waybill.core.device.usecase.ExpireCommands;
import io.waybill.core.work.Pass;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;

/** Every job there is, over one set of use cases. */
final class Jobs {
  private static final Duration SEAL_PERIOD = Duration.ofSeconds(1);
  private static final Duration DELIVER_PERIOD = Duration.ofSeconds(1);
  private static final Duration WARN_PERIOD = Duration.ofMinutes(1);
  private static final Duration SWEEP_PERIOD = Duration.ofSeconds(10);
  private static final Duration MONTHS_PERIOD = Duration.ofHours(1);
  private static final int FORGET_AT_ONCE = 100;
  private static final int ALL = 0;

  private final WorkerSettings settings;
  private final UseCases cases;
  private final StorageWork storage;
  private final Watch watch;
  private final MeterRegistry registry;
  private final Alarm news;
  private final Function<String, OutageLog> away = OutageLog.ofMany();

  /**
   * All of them.
   *
   * @param news rung when something has happened that somebody is to be told
   */
  Jobs(WorkerSettings settings, UseCases cases, StorageWork storage, Watch watch, Alarm news) {
    this.news = news;
    this.settings = settings;
    this.cases = cases;
    this.storage = storage;
    this.watch = watch;
    this.registry = watch.registry();
  }

  List<Job> all() {
    return Arrays.stream(JobName.values()).map(this::job).toList();
  }

  /** The one of that name. */
  Job job(JobName name) {
    return switch (name) {
      case REDRIVE -> redrive();
      case PURGE -> purges();
      case HOLD -> holds();
      case VALIDATE -> validations();
      case RECOVER -> recoveries();
      case FORGET -> job(name, settings.forgetPeriod(), FORGET_AT_ONCE, this::forget);
      case FORGET_EVENTS ->
          job(name, settings.forgetPeriod(), ALL, cases.deliveries().forgetEvents()::handle);
      case EXPIRE_COMMANDS ->
          job(
              name,
              settings.redrivePeriod(),
              ExpireCommands.AT_ONCE,
              cases.devices().expireCommands()::handle);
      case SWEEP ->
          job(
              name,
              SWEEP_PERIOD,
              ALL,
              new UploadSweeps(storage.probing(), storage.sweeping(), registry));
      case MONTHS -> job(name, MONTHS_PERIOD, 1, cases.uploads().turnMonths()::handle);
      case RECONCILE ->
          job(
              name,
              settings.reconcilePeriod(),
              ALL,
              new QuotaRounds(
                  cases.quotas().reconcileQuotas(), registry.counter("quota_drifts_mended")));
      case WARN ->
          job(name, WARN_PERIOD, ALL, () -> Pass.whole(cases.quotas().warnOfQuotas().handle()));
      case SEAL -> job(name, SEAL_PERIOD, ALL, cases.audit().sealAudit()::handle);
      case COUNT ->
          job(
              name,
              settings.countPeriod(),
              ALL,
              new SessionCounts(cases.uploads().countSessions(), registry));
      case FLEET ->
          job(
              name,
              settings.countPeriod(),
              ALL,
              new FleetCounts(cases.devices().countDevices(), registry));
      case STUCK ->
          job(
              name,
              settings.countPeriod(),
              ALL,
              new StandingStillCounts(storage.standingStill(), registry));
      case BACKLOG ->
          job(
              name,
              settings.countPeriod(),
              ALL,
              new Backlogs(cases.deliveries().countBacklog(), registry));
      case DELIVER_WEBHOOK -> webhooks(name);
      case UNVALIDATED ->
          job(
              name,
              settings.countPeriod(),
              ALL,
              new ValidationDepth(storage.validation(), registry, InstantSource.system()));
      case PROBE -> job(name, settings.countPeriod(), ALL, new StorageTrials(storage.probing()));
    };
  }

  private Pass forget() {
    return Pass.of(cases.idempotency().rememberedRequests().forget(FORGET_AT_ONCE), FORGET_AT_ONCE);
  }

  private Job redrive() {
    OutageLog outages = away.apply(JobName.REDRIVE.text());
    JobMetrics metrics = metrics(JobName.REDRIVE, settings.redrivePeriod());
    DueSessions round =
        new DueSessions(cases.uploads().redrive(), settings.walkers(), registry, metrics, outages);
    return new Job(
        JobName.REDRIVE.text(),
        settings.redrivePeriod(),
        settings.walkers(),
        round,
        metrics,
        outages);
  }

  private Job purges() {
    RedrivePurges redrive = cases.datasets().redrivePurges();
    return intents(JobName.PURGE, redrive::claim, redrive::walk);
  }

  private Job holds() {
    RedriveHolds redrive = cases.datasets().redriveHolds();
    return intents(JobName.HOLD, redrive::claim, redrive::walk);
  }

  private <T> Job intents(
      JobName name, IntFunction<List<T>> claim, Function<T, Optional<Outage.Storage>> walk) {
    OutageLog outages = away.apply(name.text());
    JobMetrics metrics = metrics(name, settings.redrivePeriod());
    DueIntents<T> round = new DueIntents<>(claim, walk, metrics, outages);
    return new Job(
        name.text(), settings.redrivePeriod(), DueIntents.AT_ONCE, round, metrics, outages);
  }

  private Job validations() {
    OutageLog outages = away.apply(JobName.VALIDATE.text());
    JobMetrics metrics = metrics(JobName.VALIDATE, settings.redrivePeriod());
    DueValidations round = new DueValidations(storage.validation(), metrics, outages);
    return new Job(
        JobName.VALIDATE.text(),
        settings.redrivePeriod(),
        DueValidations.AT_ONCE,
        round,
        metrics,
        outages);
  }

  private Job webhooks(JobName name) {
    return new Job(
        name.text(),
        DELIVER_PERIOD,
        EndpointRelay.AT_ONCE,
        new EndpointRelay(cases.webhooks().sink(), cases.deliveries(), watch, news),
        metrics(name, DELIVER_PERIOD),
        away.apply(name.text()),
        news);
  }

  private Job recoveries() {
    OutageLog outages = away.apply(JobName.RECOVER.text());
    JobMetrics metrics = metrics(JobName.RECOVER, DueRecoveries.PERIOD);
    int most = settings.recoveredPerSecond();
    DueRecoveries round =
        new DueRecoveries(storage, DueRecoveries.Pace.of(most), registry, metrics, outages);
    return new Job(JobName.RECOVER.text(), DueRecoveries.PERIOD, most, round, metrics, outages);
  }

  private Job job(JobName name, Duration period, int batch, Round round) {
    return new Job(
        name.text(), period, batch, round, metrics(name, period), away.apply(name.text()));
  }

  private JobMetrics metrics(JobName name, Duration period) {
    return new JobMetrics(watch, name.text(), period);
  }
}
