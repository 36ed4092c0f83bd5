"""What stands before Kaleyra: a certificate nobody trusts, a gateway that gives up."""

from contextlib import AbstractContextManager

from conversations.kaleyra.practice import faults as answers
from conversations.texting.status import Status
from faults import tls
from faults.fault import fault
from faults.matrix.provider import once_each, order, order_among_good_ones
from faults.scene import Scene, wait
from faults.tls import Front

FEW = 4
TRIED = "SELECT count(*) FROM message WHERE attempts > 0"


@fault()
def certificate_untrusted(scene: Scene) -> None:
    """Kaleyra's certificate is not to be trusted, until it is mended"""
    nothing_leaves_through(scene, tls.self_signed())


@fault()
def handshake_without_end(scene: Scene) -> None:
    """Kaleyra takes the connection and TLS never begins, until it is mended"""
    nothing_leaves_through(scene, tls.wordless())


def nothing_leaves_through(scene: Scene, tls: AbstractContextManager[Front]) -> None:
    """The texts wait, are tried again, and go once there is a way."""
    right = scene.parley.env["KALEYRA_BASE_URL"]
    with tls as front:
        scene.parley.env["KALEYRA_BASE_URL"] = front.url
        with scene.parley.serving():
            order(scene, FEW)
            wait(lambda: scene.asked(TRIED) == [(FEW,)])
            wait(lambda: scene.statuses() == [Status.QUEUED] * FEW)
            scene.expect(front.callers >= FEW, "not everything was tried")
        scene.expect(not front.heard, "a text was said to somebody unknown")
    scene.parley.env["KALEYRA_BASE_URL"] = right
    with scene.parley.serving():
        scene.settle()


@fault(explains={"504"})
def gateway_times_out(scene: Scene) -> None:
    """A gateway before Kaleyra gives up (504), the text taken behind it or not"""
    silent = answers.gateway_timeout(), answers.gateway_timeout(accepted=True)
    with scene.parley.serving():
        order_among_good_ones(scene, silent)
        scene.settle()
    once_each(scene)


GATEWAYS = (certificate_untrusted, handshake_without_end, gateway_times_out)
