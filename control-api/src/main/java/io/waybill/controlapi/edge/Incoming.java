package io.waybill.controlapi.edge;

import io.helidon.common.parameters.Parameters;
import io.helidon.http.HeaderName;
import java.io.InputStream;
import java.net.InetAddress;
import java.util.Optional;

/** A request as routes see it, whoever has read it. */
interface Incoming {

  Optional<String> header(HeaderName name);

  /** What stands in the path in the place of this variable. */
  String variable(String name);

  Parameters query();

  /** Who is at the other end of the connection; empty where there is none. */
  Optional<InetAddress> peer();

  boolean hasBody();

  /** The body on its way: reading it fails when it does not arrive. */
  InputStream body();
}
