package io.waybill.acceptance.doors;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.site.Site;
import io.waybill.allinone.stack.DevelopmentIdentities;
import java.util.List;

/** The embedded broker refuses every client id but a device's own. */
class EmbeddedBrokerRightsTest extends BrokerRightsContract {
  EmbeddedBrokerRightsTest(Site site) {
    super(site);
  }

  @Override
  void takeTheClientId() {
    for (String clientId : List.of(TwoPartUpload.ROBOT_17, TwoPartUpload.ROBOT_17 + "-plc")) {
      assertThat(
              Spy.isLetIn(
                  site.configuration(),
                  DevelopmentIdentities.ROBOT_18.toString(),
                  clientId,
                  DevelopmentIdentities.ROBOT_18_CREDENTIAL))
          .isFalse();
    }
  }
}
