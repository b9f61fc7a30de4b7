"""What the rules miss, and how sure all proposals are: a small network that reads who says what in which words.

::

    parties and sentences (claims) → windows of pieces, cues, relations → network (weights in ``seeds/models``)
    → evidence with label and status or polarity → frames

``workbench_learned`` stands after ``workbench_frames``: it rates the frames of the rules, leaves out the hopeless and
adds its own. ``train`` makes the weights; it, with ``start``, ``net``, ``teaching`` and ``export``, needs PyTorch.
"""
