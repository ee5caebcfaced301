package io.waybill.controlapi;

import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1Config;
import io.waybill.controlapi.access.ApiKeyRoutes;
import io.waybill.controlapi.access.PermissionGrantRoutes;
import io.waybill.controlapi.audit.AuditRoutes;
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
import io.waybill.controlapi.member.MemberRoutes;
import io.waybill.controlapi.policy.PolicyRoutes;
import io.waybill.controlapi.project.ProjectRoutes;
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

/** The HTTP server: started once, closed once. */
public final class ControlApi implements AutoCloseable {

  private final WebServer server;
  private final Patrol patrol;

  private ControlApi(WebServer server, Patrol patrol) {
    this.server = server;
    this.patrol = patrol;
  }

  /** Serves the whole API; returns when the port is open. */
  public static ControlApi start(ApiSettings settings, ApiParts parts) {
    return start(settings, table(settings, parts), new RequestIds(parts.ids()));
  }

  /** The whole API without a server: it answers requests that are here whole. */
  public static RouteTable table(ApiSettings settings, ApiParts parts) {
    return new RouteTable(
        routes(settings, parts),
        new RequestIds(parts.ids()),
        new RequestRecord(parts.registry()),
        parts.waits());
  }

  /** Every route there is; the description of the API is held against them. */
  static List<Route> routes(ApiSettings settings, ApiParts parts) {
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
            new DatasetRoutes(cases.datasets()).routes(api),
            new DatasetCareRoutes(cases.datasets()).routes(api),
            new DatasetBulkRoutes(cases.datasets()).routes(api),
            ProbeRoutes.of(readiness, parts.registry()),
            new DocsRoutes().routes(readiness))
        .flatMap(List::stream)
        .toList();
  }

  /** Serves these routes; returns when the port is open. */
  static ControlApi start(ApiSettings settings, RouteTable table, RequestIds requestIds) {
    Edge edge = new Edge(table, new Cors(settings.corsOrigins()));
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
    return new ControlApi(server, patrol);
  }

  public int port() {
    return server.port();
  }

  /** Takes no new requests, lets those under way finish, and closes the port. */
  @Override
  public void close() {
    server.stop();
    patrol.close();
  }
}
