"""The names that a published drawing consists of.

From SVG 1.1, SVG 2, Filter Effects, CSS Masking and SVG Animations; a name that is not here has no effect in any browser, so it
can be left out of a drawing without a visible change.
"""

from __future__ import annotations

__all__ = ["ACTIVE", "ATTRIBUTES", "ELEMENTS", "RIGHTS", "SVG", "XHTML", "XLINK", "XML"]

SVG = "http://www.w3.org/2000/svg"
XHTML = "http://www.w3.org/1999/xhtml"
XLINK = "http://www.w3.org/1999/xlink"
XML = "http://www.w3.org/XML/1998/namespace"

RIGHTS = {
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://creativecommons.org/ns#": "cc",
    "http://web.resource.org/cc/": "cc1",
    "http://ns.adobe.com/xap/1.0/rights/": "xmpRights",
}
"""Vocabularies of ``<metadata>`` that say who made a drawing and how it may be used; the prefixes that are written for them."""

ACTIVE = frozenset(("script", "foreignobject", "iframe", "object", "embed", "audio", "video", "handler", "listener"))
"""Elements, in small letters, that run or load something wherever a browser knows them."""

ELEMENTS = frozenset(
    """
    a animate animateMotion animateTransform circle clipPath defs desc ellipse feBlend feColorMatrix feComponentTransfer
    feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB
    feFuncG feFuncR feGaussianBlur feImage feMerge feMergeNode feMorphology feOffset fePointLight feSpecularLighting
    feSpotLight feTile feTurbulence filter g image line linearGradient marker mask metadata mpath path pattern polygon
    polyline radialGradient rect set stop style svg switch symbol text textPath title tspan use view
    """.split()  # noqa: SIM905
)

ATTRIBUTES = frozenset(
    """
    accumulate additive alignment-baseline amplitude attributeName attributeType azimuth backdrop-filter baseFrequency
    baseProfile baseline-shift begin bias by calcMode class clip clip-path clip-rule clipPathUnits color
    color-interpolation color-interpolation-filters color-rendering cursor cx cy d diffuseConstant direction display
    divisor dominant-baseline dur dx dy edgeMode elevation enable-background end exponent fill fill-opacity fill-rule
    filter filterUnits flood-color flood-opacity font font-family font-feature-settings font-kerning font-optical-sizing
    font-size font-size-adjust font-stretch font-style font-variant font-variant-caps font-variant-east-asian
    font-variant-ligatures font-variant-numeric font-variant-position font-variation-settings font-weight fr from fx fy
    glyph-orientation-horizontal glyph-orientation-vertical gradientTransform gradientUnits height href id
    image-rendering in in2 inline-size intercept isolation k1 k2 k3 k4 kernelMatrix kernelUnitLength kerning keyPoints
    keySplines keyTimes lang lengthAdjust letter-spacing lighting-color limitingConeAngle line-height marker marker-end
    marker-mid marker-start markerHeight markerUnits markerWidth mask mask-type maskContentUnits maskUnits max media
    method min mix-blend-mode mode numOctaves offset opacity operator order orient origin overflow paint-order path
    pathLength patternContentUnits patternTransform patternUnits pointer-events points pointsAtX pointsAtY pointsAtZ
    preserveAlpha preserveAspectRatio primitiveUnits r radius refX refY rendering-intent repeatCount repeatDur
    requiredExtensions requiredFeatures restart result role rotate rx ry scale seed shape-inside shape-rendering side
    slope spacing specularConstant specularExponent spreadMethod startOffset stdDeviation stitchTiles stop-color
    stop-opacity stroke stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit
    stroke-opacity stroke-width style surfaceScale systemLanguage tabindex tableValues target targetX targetY text-align
    text-anchor text-decoration text-decoration-color text-decoration-line text-decoration-style text-overflow
    text-rendering textLength title to transform transform-box transform-origin type unicode-bidi values vector-effect
    version viewBox visibility white-space width word-spacing writing-mode x x1 x2 xChannelSelector y y1 y2
    yChannelSelector z zoomAndPan
    """.split()  # noqa: SIM905
)
