package io.waybill.acceptance.kill;

import io.waybill.acceptance.site.Program;
import io.waybill.acceptance.site.Site;
import java.nio.file.Path;

/** On the broker of {@code ./waybill up}. */
class GatewaysOnEmbeddedBrokerTest extends GatewaysUnderLoad {
  @Override
  Site open(Path folder) {
    return Site.open(folder);
  }

  @Override
  Program gateway(Site site, int number) {
    return site.gateway("waybill-gateway-" + number);
  }
}
