package io.waybill.controlapi;

import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1Config;
import io.waybill.controlapi.access.ApiKeyRoutes;
import io.waybill.controlapi.access.PermissionGrantRoutes;
import io.waybill.controlapi.audit.AuditRoutes;
import io.waybill.controlapi.broker.BrokerRoutes;
import io.waybill.controlapi.broker.BrokerSettings;
import io.waybill.controlapi.connection.PatientSelector;
import io.waybill.controlapi.connection.Patrol;
import io.waybill.controlapi.dataset.DatasetBulkRoutes;
import io.waybill.controlapi.dataset.DatasetCareRoutes;
import io.waybill.controlapi.dataset.DatasetRoutes;
import io.waybill.controlapi.delivery.OutboxRoutes;
import io.waybill.controlapi.device.CredentialRoutes;
import io.waybill.controlapi.device.DeviceRoutes;
import io.waybill.controlapi.edge.Api;
import io.waybill.controlapi.edge.Cors;
import io.waybill.controlapi.edge.Edge;
import io.waybill.controlapi.edge.RequestIds;
import io.waybill.controlapi.edge.RequestRecord;
import io.waybill.controlapi.edge.Rooms;
import io.waybill.controlapi.edge.Route;
import io.waybill.controlapi.edge.RouteTable;
import io.waybill.controlapi.edge.ServerErrors;
import io.waybill.controlapi.live.EventStreamRoutes;
import io.waybill.controlapi.live.EventStreams;
import io.waybill.controlapi.member.MemberRoutes;
import io.waybill.controlapi.pages.Console;
import io.waybill.controlapi.policy.PolicyRoutes;
import io.waybill.controlapi.project.ProjectRoutes;
import io.waybill.controlapi.recovery.RecoveryRoutes;
import io.waybill.controlapi.tag.TagCategoryRoutes;
import io.waybill.controlapi.tag.TagRoutes;
import io.waybill.controlapi.upload.DescribeRoutes;
import io.waybill.controlapi.upload.PartRoutes;
import io.waybill.controlapi.upload.ReceiptRoutes;
import io.waybill.controlapi.upload.SessionRoutes;
import io.waybill.controlapi.upload.TaskMoveRoutes;
import io.waybill.controlapi.upload.TaskRoutes;
import io.waybill.controlapi.webhook.WebhookRoutes;
import io.waybill.core.app.UseCases;
import io.waybill.doors.Readiness;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The HTTP server: started once, closed once. */
public final class ControlApi implements AutoCloseable {

  private final WebServer server;
  private final Patrol patrol;
  private final @Nullable EventStreams streams;

  private ControlApi(WebServer server, Patrol patrol, @Nullable EventStreams streams) {
    this.server = server;
    this.patrol = patrol;
    this.streams = streams;
  }

  /** Serves the whole API; returns when the port is open. */
  public static ControlApi start(ApiSettings settings, ApiParts parts) {
    EventStreams streams = streams(settings, parts).start();
    try {
      Console console = new Console(parts.useCases().uploads().welcome().handle(false));
      Edge edge =
          new Edge(table(settings, parts, streams), new Cors(settings.corsOrigins()), console::at);
      return start(settings, edge, new RequestIds(parts.ids()), streams);
    } catch (RuntimeException | Error e) {
      streams.close();
      throw e;
    }
  }

  /** Serves what brokers ask, and nothing else; returns when the port is open. */
  public static ControlApi forBrokers(
      ApiSettings settings, BrokerSettings brokers, ApiParts parts) {
    RouteTable table =
        new RouteTable(
            new BrokerRoutes(parts.useCases(), brokers).routes(),
            new RequestIds(parts.ids()),
            new RequestRecord(parts.registry(), parts.tracer()),
            parts.waits());
    return start(settings, table, new RequestIds(parts.ids()));
  }

  private static EventStreams streams(ApiSettings settings, ApiParts parts) {
    return new EventStreams(
        settings.streams(), parts.useCases().deliveries().followEvents(), parts.registry());
  }

  /** The whole API without a server: it answers requests that are here whole. */
  public static RouteTable table(ApiSettings settings, ApiParts parts) {
    return table(settings, parts, streams(settings, parts));
  }

  private static RouteTable table(ApiSettings settings, ApiParts parts, EventStreams streams) {
    return new RouteTable(
        routes(settings, parts, streams),
        new RequestIds(parts.ids()),
        new RequestRecord(parts.registry(), parts.tracer()),
        parts.waits());
  }

  /** Every route there is; the description of the API is held against them. */
  static List<Route> routes(ApiSettings settings, ApiParts parts) {
    return routes(settings, parts, streams(settings, parts));
  }

  private static List<Route> routes(ApiSettings settings, ApiParts parts, EventStreams streams) {
    UseCases cases = parts.useCases();
    Rooms rooms = new Rooms(settings.rooms(), parts.registry(), parts.waits());
    Api api =
        new Api(
            new HttpDoor(cases, parts.registry())::enter,
            settings.sources(),
            rooms,
            settings.maxBodyBytes());
    Readiness readiness = new Readiness(parts.checks(), settings.readinessLimit());
    return Stream.of(
            new TaskRoutes(cases.uploads()).routes(api),
            new TaskMoveRoutes(cases.uploads()).routes(api),
            new SessionRoutes(cases.uploads()).routes(api),
            new PartRoutes(cases.uploads()).routes(api),
            new ReceiptRoutes(cases.uploads()).routes(api),
            new DescribeRoutes(cases.uploads()).routes(api),
            new ProjectRoutes(cases.projects()).routes(api),
            new MemberRoutes(cases.members()).routes(api),
            new DeviceRoutes(cases.devices()).routes(api),
            new CredentialRoutes(cases.devices()).routes(api),
            new PolicyRoutes(cases.policies()).routes(api),
            new TagCategoryRoutes(cases.tags()).routes(api),
            new TagRoutes(cases.tags()).routes(api),
            new ApiKeyRoutes(cases.access()).routes(api),
            new PermissionGrantRoutes(cases.access()).routes(api),
            new AuditRoutes(cases.audit()).routes(api),
            new OutboxRoutes(cases.deliveries()).routes(api),
            new WebhookRoutes(cases.webhooks()).routes(api),
            new RecoveryRoutes(cases.recoveries()).routes(api),
            new EventStreamRoutes(streams).routes(api),
            new DatasetRoutes(cases.datasets(), cases.uploads().getDataset()).routes(api),
            new DatasetCareRoutes(cases.datasets()).routes(api),
            new DatasetBulkRoutes(cases.datasets()).routes(api),
            ProbeRoutes.of(readiness, parts.registry()),
            new DocsRoutes().routes())
        .flatMap(List::stream)
        .toList();
  }

  /** Serves these routes; returns when the port is open. */
  static ControlApi start(ApiSettings settings, RouteTable table, RequestIds requestIds) {
    Edge edge = new Edge(table, new Cors(settings.corsOrigins()));
    return start(settings, edge, requestIds, null);
  }

  private static ControlApi start(
      ApiSettings settings, Edge edge, RequestIds requestIds, @Nullable EventStreams streams) {
    HttpRouting.Builder routing = HttpRouting.builder();
    edge.register(routing);
    Patrol patrol = Patrol.start();
    WebServer server =
        WebServer.builder()
            .host(settings.host())
            .port(settings.port())
            .shutdownHook(false)
            .shutdownGracePeriod(settings.stopGrace())
            .maxTcpConnections(settings.maxConnections())
            .maxPayloadSize(settings.drainBytes())
            // Without it every answer of more than one packet waits 40 ms for an acknowledgement.
            .connectionOptions(options -> options.tcpNoDelay(true))
            .protocolsDiscoverServices(false)
            .addConnectionSelector(
                new PatientSelector(
                    // Its check of queries refuses a plain colon, as in every RFC 3339 time.
                    Http1Config.builder().validatePrologue(false), settings.connections(), patrol))
            .directHandlers(new ServerErrors(requestIds).handlers())
            .routing(routing)
            .build();
    server.start();
    if (!server.isRunning()) {
      patrol.close();
      // it has logged why, and would leave us running without a port
      throw new IllegalStateException(
          "the API cannot listen on %s:%d".formatted(settings.host(), settings.port()));
    }
    return new ControlApi(server, patrol, streams);
  }

  public int port() {
    return server.port();
  }

  /** The outbox may have something new. */
  public void wake() {
    if (streams != null) {
      streams.wake();
    }
  }

  /** Takes no new requests, ends streams, lets the rest finish, and closes the port. */
  @Override
  public void close() {
    if (streams != null) {
      streams.close();
    }
    server.stop();
    patrol.close();
  }
}
