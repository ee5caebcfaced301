package io.waybill.agent.cli;

import io.waybill.agent.config.ConfigException;
import io.waybill.agent.config.Key;
import io.waybill.agent.config.Settings;
import io.waybill.agent.config.WatchEntry;
import io.waybill.agent.control.Answer;
import io.waybill.agent.control.Patience;
import io.waybill.agent.control.UnreachableException;
import io.waybill.agent.control.WaitListener;
import io.waybill.agent.credential.Bearer;
import io.waybill.agent.doctor.ApiCheck;
import io.waybill.agent.doctor.AuthoritiesCheck;
import io.waybill.agent.doctor.BrokerCheck;
import io.waybill.agent.doctor.DirectoriesCheck;
import io.waybill.agent.doctor.DiskCheck;
import io.waybill.agent.doctor.Finding;
import io.waybill.agent.doctor.Interview;
import io.waybill.agent.doctor.LastUpload;
import io.waybill.agent.doctor.ReceiptsCheck;
import io.waybill.agent.doctor.ServerChecks;
import io.waybill.agent.doctor.StorageCheck;
import io.waybill.agent.http.HttpControlPlane;
import io.waybill.agent.http.PatientApi;
import io.waybill.agent.local.LocalPath;
import io.waybill.agent.local.Program;
import io.waybill.agent.mqtt.MqttControlPlane;
import io.waybill.agent.receipt.PinnedKeys;
import io.waybill.wire.ErrorBody;
import io.waybill.wire.Result;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Looks at everything, in the order in which one thing rests on another. */
final class Examination {

  static final String CONFIGURATION = "configuration";

  /** Two or three round trips over a bad line. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Configuration configuration;
  private final List<Finding> findings = new ArrayList<>();
  private @Nullable Interview described;

  Examination(Configuration configuration) {
    this.configuration = configuration;
  }

  List<Finding> all() throws InterruptedException {
    List<WatchEntry> watched;
    List<Path> roots;
    List<String> pinned;
    try {
      configuration.check();
      watched = settings().watch();
      roots = settings().list(Key.ROOTS).stream().map(Settings::path).toList();
      pinned = PinnedKeys.of(settings()).x();
    } catch (UsageException | ConfigException e) {
      findings.add(
          Finding.fail(
              CONFIGURATION,
              Finding.Trouble.HERE,
              String.valueOf(e.getMessage()),
              "mend it; nothing else is looked at before"));
      return findings;
    }
    findings.add(source());
    findings.add(DiskCheck.of(configuration.stateDirectory()));
    findings.addAll(DirectoriesCheck.of(roots, watched));
    findings.add(AuthoritiesCheck.of(configuration.caFile(), Instant.now()));
    try {
      broker();
      List<String> served = api();
      server();
      findings.addAll(
          ReceiptsCheck.of(pinned, served, watched, LastUpload.in(configuration.stateDirectory())));
    } catch (UsageException e) {
      findings.add(
          Finding.fail(
              CONFIGURATION,
              Finding.Trouble.HERE,
              String.valueOf(e.getMessage()),
              "provision this machine, or set device.credential_file"));
    }
    return findings;
  }

  private Settings settings() {
    return configuration.settings();
  }

  private Finding source() {
    Optional<Path> file = settings().file();
    if (file.isEmpty() && !configuration.knowsBroker() && !configuration.knowsApi()) {
      return Finding.warn(
          CONFIGURATION,
          "nothing is configured: it is the stack of ./waybill up on this machine that is asked",
          "provision this machine: "
              + Program.NAME
              + " provision -, and paste the line of whoever registered it");
    }
    return Finding.ok(
        CONFIGURATION,
        file.map(LocalPath::text).orElse("there is no file; defaults")
            + ", and what the environment says");
  }

  private UUID project() {
    return UUID.fromString(configuration.owner(null).projectId());
  }

  private void broker() throws InterruptedException {
    if (configuration.http() && !configuration.knowsBroker()) {
      findings.add(Finding.ok(BrokerCheck.BROKER, "none is configured: everything goes over HTTP"));
      return;
    }
    Duration patience = configuration.patience().unreachable();
    patience = patience.compareTo(PATIENCE) < 0 ? patience : PATIENCE;
    try (MqttControlPlane plane = new MqttControlPlane(configuration.mqtt(patience))) {
      Interview interview = Interview.over(plane, project(), InstantSource.system());
      findings.addAll(BrokerCheck.of(interview, plane.address(), plane.connected()));
      if (interview.outcome() instanceof Interview.Outcome.Refused(ErrorBody error)
          && !error.code().startsWith("mqtt.")) {
        findings.add(ServerChecks.refused(error));
      }
      remember(interview);
    }
  }

  /** The receipt keys that the server has now; null when it could not be asked. */
  private @Nullable List<String> api() throws InterruptedException {
    if (!configuration.http() && !configuration.knowsApi()) {
      findings.add(ApiCheck.unknown());
      return null;
    }
    URI url = configuration.apiUrl(null);
    Bearer bearer = configuration.bearer(null, url);
    try (HttpControlPlane plane = new HttpControlPlane(configuration.api(url, bearer))) {
      Interview interview = Interview.over(plane, project(), InstantSource.system());
      findings.add(ApiCheck.of(interview, plane.address()));
      remember(interview);
    }
    Patience once = new Patience(Duration.ZERO, Duration.ZERO);
    try (PatientApi api =
        new PatientApi(
            configuration.api(url, bearer),
            once,
            (failures, wish) -> Duration.ZERO,
            WaitListener.SILENT)) {
      return api.get("/v1/receipts/keys", Keys.class) instanceof Answer.Done<Keys>(Keys keys)
          ? keys.x()
          : null;
    } catch (UnreachableException e) {
      return null; // said by the check of the API
    }
  }

  /** The server's public keys, the one that it signs with first. */
  record Keys(@Nullable List<Jwk> keys) {
    List<String> x() {
      return keys == null ? List.of() : keys.stream().map(Jwk::x).toList();
    }
  }

  /** The part of a key that we compare. */
  record Jwk(String x) {}

  private void remember(Interview interview) {
    if (described == null && interview.outcome() instanceof Interview.Outcome.Described) {
      described = interview;
    }
  }

  private void server() {
    Interview known = described;
    String endpoint = null;
    if (known != null
        && known.outcome() instanceof Interview.Outcome.Described(Result.Description description)) {
      findings.add(ServerChecks.clock(known, description));
      findings.add(ServerChecks.device(description, project()));
      endpoint = description.storageEndpoint();
    }
    findings.add(StorageCheck.of(endpoint, configuration.caFile()));
  }
}
